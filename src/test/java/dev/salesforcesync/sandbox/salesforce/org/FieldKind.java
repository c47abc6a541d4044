package dev.salesforcesync.sandbox.salesforce.org;

/** The types of fields, with their names in a describe. */
public enum FieldKind {
    ID("id", "tns:ID"),
    STRING("string", "xsd:string"),
    TEXTAREA("textarea", "xsd:string"),
    EMAIL("email", "xsd:string"),
    PHONE("phone", "xsd:string"),
    URL("url", "xsd:string"),
    PICKLIST("picklist", "xsd:string"),
    REFERENCE("reference", "tns:ID"),
    BOOLEAN("boolean", "xsd:boolean"),
    INT("int", "xsd:int"),
    DATETIME("datetime", "xsd:dateTime");

    private final String typeName;
    private final String soapType;

    FieldKind(String typeName, String soapType) {
        this.typeName = typeName;
        this.soapType = soapType;
    }

    public String typeName() {
        return typeName;
    }

    public String soapType() {
        return soapType;
    }

    public boolean isId() {
        return this == ID || this == REFERENCE;
    }

    public boolean isText() {
        return soapType.equals("xsd:string");
    }
}
