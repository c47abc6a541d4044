package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.Field;
import dev.salesforcesync.sandbox.salesforce.org.FieldKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a describe says of a field, by the names REST and SOAP share, in the order of the WSDL (which is the
 * alphabet).
 */
final class FieldFacts {
    private FieldFacts() {}

    /** Name to Boolean, Integer, String or null; lists (picklistValues, referenceTo) are left to the caller. */
    static Map<String, @Nullable Object> of(Field field) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        boolean text = field.kind().isText() || field.kind().isId();
        facts.put("aggregatable", field.kind() != FieldKind.BOOLEAN);
        facts.put("aiPredictionField", false);
        facts.put("autoNumber", false);
        facts.put("byteLength", field.kind().isText() ? field.length() * 3 : text ? field.length() : 0);
        facts.put("calculated", false);
        facts.put("cascadeDelete", false);
        facts.put("caseSensitive", false);
        facts.put("createable", field.is(Field.Trait.CREATEABLE));
        facts.put("custom", field.is(Field.Trait.CUSTOM));
        facts.put(
                "defaultedOnCreate",
                field.is(Field.Trait.DEFAULTED) || field.defaultValue().isPresent() || field.kind() == FieldKind.ID);
        facts.put("dependentPicklist", false);
        facts.put("deprecatedAndHidden", false);
        facts.put("digits", field.kind() == FieldKind.INT ? 9 : 0);
        facts.put("externalId", field.is(Field.Trait.EXTERNAL_ID));
        facts.put("filterable", true);
        facts.put("groupable", field.kind() != FieldKind.DATETIME);
        facts.put("htmlFormatted", false);
        facts.put("idLookup", field.is(Field.Trait.ID_LOOKUP) || field.kind() == FieldKind.ID);
        facts.put("label", field.label());
        facts.put("length", text ? field.length() : 0);
        facts.put("name", field.name());
        facts.put("nameField", field.name().equals("Name"));
        facts.put("namePointing", field.isPolymorphic());
        facts.put("nillable", field.isNillable());
        facts.put("permissionable", field.is(Field.Trait.CUSTOM));
        facts.put("polymorphicForeignKey", field.isPolymorphic());
        facts.put("precision", 0);
        facts.put("queryByDistance", false);
        facts.put("relationshipName", field.relationship().orElse(null));
        facts.put("restrictedDelete", false);
        facts.put("restrictedPicklist", field.is(Field.Trait.RESTRICTED));
        facts.put("scale", 0);
        facts.put("searchPrefilterable", false);
        facts.put("soapType", field.kind().soapType());
        facts.put("sortable", true);
        facts.put("type", field.kind().typeName());
        facts.put("unique", field.is(Field.Trait.UNIQUE));
        facts.put("updateable", field.is(Field.Trait.UPDATEABLE));
        return facts;
    }

    /** Whether this value of a picklist is what a create stores when the field is left out. */
    static boolean isDefault(Field field, String choice) {
        return field.defaultValue().filter(choice::equals).isPresent();
    }
}
