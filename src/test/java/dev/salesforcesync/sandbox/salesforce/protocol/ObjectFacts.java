package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.Field;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a describe says of an object, by the names REST and SOAP share, in the order of the WSDL. What can be done
 * with each object: a describeGlobal recorded from a real org (CumulusCI, GET_sobjects_Global_describe).
 */
final class ObjectFacts {
    private static final Set<String> BUSINESS = Set.of("Account", "Contact", "Lead");

    /** As recorded; of objects not recorded there, what fits their kind. */
    private static final Set<String> NOT_REPLICATED = Set.of("UserLicense", "UserLogin");

    private static final Set<String> WITHOUT_PLURAL = Set.of("UserLogin", "UserRole");

    private ObjectFacts() {}

    /** A record of {@code child} that points to a record of the described object. */
    record Child(String child, String field) {}

    /** Objects with references to this one, by name. */
    static List<Child> children(Schema schema, ObjectType parent) {
        var children = new ArrayList<Child>();
        for (ObjectType type : schema.types()) {
            for (Field field : type.fields()) {
                if (field.referenceTo().contains(parent.name())) {
                    children.add(new Child(type.name(), field.name()));
                }
            }
        }
        return children;
    }

    /** Name to Boolean, String or null; lists (fields, childRelationships) are left to the caller. */
    static Map<String, @Nullable Object> of(ObjectType type) {
        boolean business = BUSINESS.contains(type.name());
        boolean shown = business || type.name().equals("User");
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("activateable", false);
        facts.put("associateEntityType", null);
        facts.put("associateParentEntity", null);
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
