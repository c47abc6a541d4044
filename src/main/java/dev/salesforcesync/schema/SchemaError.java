package dev.salesforcesync.schema;

/**
 * One way in which a resource breaks its schema, in the words of a Kubernetes API server.
 *
 * @param reason the cause's reason in a {@code Status}, such as {@code FieldValueRequired}
 * @param field path of the field, such as {@code spec.scope.searches[0].filter}
 * @param message such as {@code Required value}
 */
public record SchemaError(String reason, String field, String message) {

    static SchemaError required(String field) {
        return new SchemaError("FieldValueRequired", field, "Required value");
    }

    static SchemaError wrongType(String field, String wanted, String given) {
        return new SchemaError(
                "FieldValueTypeInvalid",
                field,
                "Invalid value: \"" + given + "\": " + field + " in body must be of type " + wanted + ": \"" + given
                        + "\"");
    }

    static SchemaError invalid(String field, String value, String why) {
        return new SchemaError("FieldValueInvalid", field, "Invalid value: " + value + ": " + why);
    }

    static SchemaError inBody(String field, String value, String why) {
        return invalid(field, value, field + " in body " + why);
    }

    static SchemaError tooLong(String field, long max) {
        return new SchemaError("FieldValueTooLong", field, "Too long: may not be more than " + max + " bytes");
    }

    static SchemaError tooMany(String field, int given, long max) {
        return new SchemaError(
                "FieldValueTooMany", field, "Too many: " + given + ": must have at most " + max + " items");
    }

    static SchemaError notSupported(String field, String value, String supported) {
        return new SchemaError(
                "FieldValueNotSupported", field, "Unsupported value: " + value + ": supported values: " + supported);
    }

    static SchemaError duplicate(String field, String value) {
        return new SchemaError("FieldValueDuplicate", field, "Duplicate value: " + value);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
