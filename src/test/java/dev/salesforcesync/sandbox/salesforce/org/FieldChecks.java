package dev.salesforcesync.sandbox.salesforce.org;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a client sent into stored values, or refuses the row with the text Salesforce uses. */
final class FieldChecks {
    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([\\p{L}0-9]([\\p{L}0-9-]*[\\p{L}0-9])?\\.)+[\\p{L}]{2,63}");
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private final Store store;

    FieldChecks(Store store) {
        this.store = store;
    }

    static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    /** The whole call is refused when a field does not exist. */
    static void requireKnownFields(ObjectType type, InputRow row) {
        for (String name : row.fields().keySet()) {
            if (type.ordinal(name).isEmpty() && !(row.fields().get(name) instanceof Map<?, ?>)) {
                throw new ApiRefusal(ErrorCode.INVALID_FIELD, noSuchColumn(name, type));
            }
        }
    }

    static String noSuchColumn(String name, ObjectType type) {
        return "No such column '" + name + "' on entity '" + type.name()
                + "'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field"
                + " name. Please reference your WSDL or the describe call for the appropriate names.";
    }

    /** Reads the fields of a row into a draft. */
    void read(InputRow row, Draft draft, boolean creating) {
        ObjectType type = draft.type();
        Field.Trait needed = creating ? Field.Trait.CREATEABLE : Field.Trait.UPDATEABLE;
        var forbidden = new ArrayList<String>();
        for (var entry : row.fields().entrySet()) {
            Object sent = entry.getValue();
            if (sent instanceof Map<?, ?> parent) {
                Field reference = type.relationship(entry.getKey())
                        .orElseThrow(() -> new RowRefused(
                                ErrorCode.INVALID_FIELD, noSuchColumn(entry.getKey(), type), entry.getKey()));
                draft.name(type.at(reference.name()), parentByExternalId(reference, parent));
                continue;
            }
            int at = type.ordinal(entry.getKey()).orElseThrow();
            Field field = type.fields().get(at);
            if (!field.is(needed)) {
                forbidden.add(field.name());
            } else {
                draft.name(at, stored(field, sent));
            }
        }
        if (!forbidden.isEmpty()) {
            throw new RowRefused(
                    ErrorCode.INVALID_FIELD_FOR_INSERT_UPDATE,
                    "Unable to create/update fields: " + String.join(", ", forbidden)
                            + ". Please check the security settings of this field and verify that it is read/write"
                            + " for your profile or permission set.",
                    forbidden.toArray(String[]::new));
        }
        fillDefaults(draft, creating);
        requireRequired(draft);
    }

    private static void fillDefaults(Draft draft, boolean creating) {
        List<Field> fields = draft.type().fields();
        for (int at = 0; at < fields.size(); at++) {
            Field field = fields.get(at);
            boolean wanting = draft.value(at) == null;
            if (wanting
                    && (creating || field.kind() == FieldKind.BOOLEAN)
                    && field.defaultValue().isPresent()) {
                draft.set(field.name(), field.defaultValue().get());
            }
        }
    }

    private static void requireRequired(Draft draft) {
        var missing = new ArrayList<String>();
        for (Field field : draft.type().required()) {
            if (draft.value(draft.type().at(field.name())) == null) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            throw new RowRefused(
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    "Required fields are missing: " + missing,
                    missing.toArray(String[]::new));
        }
    }

    private @Nullable Object stored(Field field, @Nullable Object sent) {
        if (sent == null || sent.equals("")) {
            return null;
        }
        return switch (field.kind()) {
            case BOOLEAN -> flag(field, sent);
            case INT -> number(field, sent);
            case DATETIME -> moment(field, sent);
            case ID, REFERENCE -> reference(field, sent.toString());
            case PICKLIST -> choice(field, sent.toString());
            default -> text(field, sent.toString());
        };
    }

    private static String text(Field field, String sent) {
        // Salesforce trims text on the way in.
        String text = sent.strip();
        if (text.length() > field.length()) {
            throw new RowRefused(
                    ErrorCode.STRING_TOO_LONG,
                    field.label() + ": data value too large: " + text + " (max length=" + field.length() + ")",
                    field.name());
        }
        if (field.kind() == FieldKind.EMAIL && !isEmail(text)) {
            throw new RowRefused(
                    ErrorCode.INVALID_EMAIL_ADDRESS, field.label() + ": invalid email address: " + text, field.name());
        }
        return text;
    }

    private static String choice(Field field, String sent) {
        int at = field.values().indexOf(sent);
        if (at < 0) {
            throw new RowRefused(
                    ErrorCode.INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST,
                    field.label() + ": bad value for restricted picklist field: " + sent,
                    field.name());
        }
        // The list's own instance: a million users share one string.
        return field.values().get(at);
    }

    private String reference(Field field, String sent) {
        String id = SalesforceId.normalize(sent)
                .orElseThrow(() -> new RowRefused(
                        ErrorCode.MALFORMED_ID, field.label() + ": id value of incorrect type: " + sent, field.name()));
        Schema schema = store.schema();
        return schema.ofId(id)
                .filter(target -> field.referenceTo().contains(target.name()))
                .flatMap(target -> store.table(target).byId(id))
                .map(Row::id)
                .orElseThrow(() -> new RowRefused(
                        ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id", field.name()));
    }

    private String parentByExternalId(Field reference, Map<?, ?> parent) {
        ObjectType type = store.schema().get(reference.referenceTo().get(0));
        for (var entry : parent.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (type.field(key).filter(field -> field.is(Field.Trait.ID_LOOKUP)).isPresent()) {
                String value = String.valueOf(entry.getValue());
                return store.table(type)
                        .holder(key, value)
                        .map(Row::id)
                        .orElseThrow(() -> new RowRefused(
                                ErrorCode.INVALID_FIELD,
                                "Foreign key external ID: " + value + " not found for field " + key + " in entity "
                                        + type.name(),
                                reference.name()));
            }
        }
        throw new RowRefused(
                ErrorCode.INVALID_FIELD,
                "The external foreign key reference does not reference a valid entity: "
                        + reference.relationship().orElse(reference.name()),
                reference.name());
    }

    private static Boolean flag(Field field, Object sent) {
        return switch (sent.toString().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw wrongType(field, sent);
        };
    }

    private static Integer number(Field field, Object sent) {
        try {
            return Integer.valueOf(sent.toString());
        } catch (NumberFormatException e) {
            throw wrongType(field, sent);
        }
    }

    private static Instant moment(Field field, Object sent) {
        try {
            return OffsetDateTime.parse(sent.toString(), MOMENT).toInstant();
        } catch (DateTimeException e) {
            throw wrongType(field, sent);
        }
    }

    private static RowRefused wrongType(Field field, Object sent) {
        return new RowRefused(
                ErrorCode.INVALID_TYPE_ON_FIELD_IN_RECORD,
                field.label() + ": value not of required type: " + sent,
                field.name());
    }
}
