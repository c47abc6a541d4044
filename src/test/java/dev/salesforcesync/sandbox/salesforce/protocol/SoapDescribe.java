package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.Field;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Schema;
import org.jspecify.annotations.Nullable;

/** Describes as XML, elements in the order of the WSDL: WSC reads them in that order. */
final class SoapDescribe {
    private SoapDescribe() {}

    /** One object of describeGlobal. */
    static void summary(XmlWriter xml, ObjectType type) {
        ObjectFacts.of(type).forEach((name, value) -> known(xml, name, value));
    }

    /** An object with all its fields. */
    static void whole(XmlWriter xml, Schema schema, ObjectType type) {
        ObjectFacts.of(type).forEach((name, value) -> {
            // Where the alphabet of the WSDL has the lists.
            switch (name) {
                case "createable" ->
                    ObjectFacts.children(schema, type)
                            .forEach(child -> xml.open("childRelationships")
                                    .element("cascadeDelete", false)
                                    .element("childSObject", child.child())
                                    .element("deprecatedAndHidden", false)
                                    .element("field", child.field())
                                    .element("restrictedDelete", false)
                                    .close("childRelationships"));
                case "hasSubtypes" -> type.fields().forEach(field -> field(xml, field));
                default -> {}
            }
            known(xml, name, value);
        });
    }

    private static void field(XmlWriter xml, Field field) {
        xml.open("fields");
        FieldFacts.of(field).forEach((name, value) -> {
            switch (name) {
                case "polymorphicForeignKey" -> field.values().forEach(choice -> picklistValue(xml, field, choice));
                case "relationshipName" ->
                    field.referenceTo().stream().sorted().forEach(to -> xml.element("referenceTo", to));
                default -> {}
            }
            known(xml, name, value);
        });
        xml.close("fields");
    }

    private static void picklistValue(XmlWriter xml, Field field, String choice) {
        xml.open("picklistValues")
                .element("active", true)
                .element("defaultValue", FieldFacts.isDefault(field, choice))
                .element("label", choice)
                .element("value", choice)
                .close("picklistValues");
    }

    private static void known(XmlWriter xml, String name, @Nullable Object value) {
        if (value != null) {
            xml.element(name, value);
        }
    }
}
