package dev.salesforcesync.salesforce;

import com.sforce.soap.partner.sobject.SObject;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.SalesforceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns rows of text values into WSC's objects, by the org's describe of User. What would be refused for the whole
 * call, or silently changed on the way, is refused here for its own row.
 */
final class UserRows {
    private final Map<String, UserField> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    UserRows(Map<String, UserField> describe) {
        fields.putAll(describe);
    }

    /** A row that is ready to be sent, or the reason why it is not. */
    sealed interface Draft {
        record Ready(SObject object) implements Draft {}

        record Rejected(RowOutcome.Refused refused) implements Draft {}
    }

    Draft create(Map<String, String> row) {
        SObject user = new SObject("User");
        for (Map.Entry<String, String> value : new TreeMap<>(row).entrySet()) {
            if (value.getValue().isEmpty()) {
                continue;
            }
            Optional<Draft> rejected = put(user, value.getKey(), value.getValue(), true);
            if (rejected.isPresent()) {
                return rejected.get();
            }
        }
        return new Draft.Ready(user);
    }

    Draft update(SalesforceId id, Map<String, Optional<String>> values) {
        SObject user = new SObject("User");
        List<String> cleared = new ArrayList<>();
        Map<String, String> set = new TreeMap<>();
        for (Map.Entry<String, Optional<String>> value : new TreeMap<>(values).entrySet()) {
            Optional<String> filled = value.getValue().filter(text -> !text.isEmpty());
            filled.ifPresentOrElse(text -> set.put(value.getKey(), text), () -> cleared.add(value.getKey()));
        }
        for (String field : cleared) {
            Optional<Draft> rejected = writable(field, false);
            if (rejected.isPresent()) {
                return rejected.get();
            }
        }
        if (!cleared.isEmpty()) {
            // Right after the type: the schema wants it there, and WSC writes elements in the order they were set.
            user.setFieldsToNull(cleared.toArray(String[]::new));
        }
        user.setId(id.value());
        for (Map.Entry<String, String> value : set.entrySet()) {
            Optional<Draft> rejected = put(user, value.getKey(), value.getValue(), false);
            if (rejected.isPresent()) {
                return rejected.get();
            }
        }
        return new Draft.Ready(user);
    }

    static Draft frozen(SalesforceId loginRecord, boolean frozen) {
        SObject login = new SObject("UserLogin");
        login.setId(loginRecord.value());
        login.setField("IsFrozen", frozen);
        return new Draft.Ready(login);
    }

    static Draft unlocked(SalesforceId loginRecord) {
        SObject login = new SObject("UserLogin");
        login.setId(loginRecord.value());
        login.setField("IsPasswordLocked", false);
        return new Draft.Ready(login);
    }

    private Optional<Draft> put(SObject user, String name, String value, boolean creating) {
        Optional<Draft> unwritable = writable(name, creating);
        if (unwritable.isPresent()) {
            return unwritable;
        }
        if (!legal(value)) {
            return rejected(
                    SalesforceReason.ILLEGAL_CHARACTER,
                    "The value holds a control character that XML cannot carry. Remove it in the directory or in the "
                            + "mapping.",
                    name);
        }
        UserField field = fields.get(name);
        Optional<Object> typed = typed(field == null ? "string" : field.type(), value);
        if (typed.isEmpty()) {
            return rejected(
                    SalesforceReason.VALUE_INVALID,
                    "The value does not have the field's type. Correct the mapping.",
                    name);
        }
        user.setField(field == null ? name : field.name(), typed.get());
        return Optional.empty();
    }

    private Optional<Draft> writable(String name, boolean creating) {
        UserField field = fields.get(name);
        if (field == null) {
            return rejected(
                    SalesforceReason.FIELD_UNKNOWN,
                    "The field does not exist on User or is hidden from the integration user. Correct the mapping or "
                            + "make the field visible.",
                    name);
        }
        if (creating ? !field.createable() : !field.updateable()) {
            return rejected(
                    SalesforceReason.FIELD_NOT_WRITABLE,
                    "The integration user may not write the field. Make it editable in a permission set, or take it "
                            + "out of the mapping.",
                    name);
        }
        return Optional.empty();
    }

    private static Optional<Draft> rejected(String reason, String message, String field) {
        return Optional.of(
                new Draft.Rejected(new RowOutcome.Refused(new Failure.Terminal(reason, message), List.of(field))));
    }

    /** The Java type that makes WSC write the xsi:type Salesforce wants. */
    private static Optional<Object> typed(String type, String value) {
        try {
            return switch (type.toLowerCase(Locale.ROOT)) {
                case "boolean" ->
                    switch (value.toLowerCase(Locale.ROOT)) {
                        case "true" -> Optional.of(true);
                        case "false" -> Optional.of(false);
                        default -> Optional.empty();
                    };
                case "int" -> Optional.of(Integer.valueOf(value.trim()));
                case "double", "currency", "percent" -> Optional.of(Double.valueOf(value.trim()));
                default -> Optional.of(value);
            };
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** Whether every character is one of XML 1.0's (production 2, Char); WSC leaves others out without a word. */
    static boolean legal(String value) {
        return value.codePoints()
                .allMatch(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000);
    }
}
