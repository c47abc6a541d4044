package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a describe says of an object, by the names REST and SOAP share, in the order of the WSDL. */
final class ObjectFacts {
    private ObjectFacts() {}

    static Map<String, Object> of(ObjectType type) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("activateable", false);
        facts.put("createable", type.supports(ObjectType.Call.CREATE));
        facts.put("custom", false);
        facts.put("customSetting", false);
        facts.put("deepCloneable", false);
        facts.put("deletable", type.supports(ObjectType.Call.DELETE));
        facts.put("deprecatedAndHidden", false);
        facts.put("feedEnabled", false);
        facts.put("hasSubtypes", false);
        facts.put("isInterface", false);
        facts.put("isSubtype", false);
        facts.put("keyPrefix", type.keyPrefix());
        facts.put("label", type.label());
        facts.put("labelPlural", type.label() + "s");
        facts.put("layoutable", type.name().equals("User"));
        facts.put("mergeable", false);
        facts.put("mruEnabled", false);
        facts.put("name", type.name());
        facts.put("queryable", true);
        facts.put("replicateable", true);
        facts.put("retrieveable", true);
        facts.put("searchable", type.name().equals("User"));
        facts.put("triggerable", type.name().equals("User"));
        facts.put("undeletable", false);
        facts.put("updateable", type.supports(ObjectType.Call.UPDATE));
        return facts;
    }
}
