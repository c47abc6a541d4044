package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a describe says of an object, by the names REST and SOAP share, in the order of the WSDL. */
final class ObjectFacts {
    private static final Set<String> BUSINESS = Set.of("Account", "Contact", "Lead");
    /** As CumulusCI has recorded of a real org; of objects not recorded there, what fits their kind. */
    private static final Set<String> NOT_REPLICATED = Set.of("UserLicense", "UserLogin");

    private static final Set<String> WITHOUT_PLURAL = Set.of("UserLogin", "UserRole");

    private ObjectFacts() {}

    static Map<String, Object> of(ObjectType type) {
        var facts = new LinkedHashMap<String, Object>();
        boolean business = BUSINESS.contains(type.name());
        boolean shown = business || type.name().equals("User");
        facts.put("activateable", false);
        facts.put("createable", type.supports(ObjectType.Call.CREATE));
        facts.put("custom", false);
        facts.put("customSetting", false);
        facts.put("deepCloneable", false);
        facts.put("deletable", type.supports(ObjectType.Call.DELETE));
        facts.put("deprecatedAndHidden", false);
        facts.put("feedEnabled", shown);
        facts.put("hasSubtypes", false);
        facts.put("isInterface", false);
        facts.put("isSubtype", false);
        facts.put("keyPrefix", type.keyPrefix());
        facts.put("label", type.label());
        facts.put("labelPlural", type.label() + (WITHOUT_PLURAL.contains(type.name()) ? "" : "s"));
        facts.put("layoutable", shown);
        facts.put("mergeable", business);
        facts.put("mruEnabled", shown);
        facts.put("name", type.name());
        facts.put("queryable", true);
        facts.put("replicateable", !NOT_REPLICATED.contains(type.name()));
        facts.put("retrieveable", true);
        facts.put("searchable", shown || type.name().equals("UserRole"));
        facts.put("triggerable", shown);
        facts.put("undeletable", business);
        facts.put("updateable", type.supports(ObjectType.Call.UPDATE));
        return facts;
    }
}
