package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out write calls: each row for itself, or all or none. */
final class Writer {
    /** Rows in one call; SOAP and REST collections alike. */
    static final int MAX_ROWS = 200;

    private static final int MAX_CHUNKS = 10;

    private final Store store;
    private final FieldChecks checks;
    private final Map<String, ObjectRules> rules;

    Writer(Store store, Map<String, ObjectRules> rules) {
        this.store = store;
        this.checks = new FieldChecks(store);
        this.rules = Map.copyOf(rules);
    }

    List<RowResult> write(Transaction transaction, WriteRequest request) {
        if (request.rows().size() > MAX_ROWS) {
            throw new ApiRefusal(
                    ErrorCode.EXCEEDED_ID_LIMIT,
                    "record limit reached. cannot submit more than 200 records into this call");
        }
        var types = new HashMap<String, ObjectType>();
        for (InputRow row : request.rows()) {
            ObjectType type = types.computeIfAbsent(row.type(), this::type);
            FieldChecks.requireKnownFields(type, row);
        }
        requireFewChunks(request);
        requireOneSetupType(request, types.values());
        Set<String> repeated = repeatedKeys(request);
        var results = new ArrayList<RowResult>(request.rows().size());
        for (int at = 0; at < request.rows().size(); at++) {
            results.add(one(transaction, request, at, repeated));
        }
        boolean refused = results.stream().anyMatch(result -> !result.success());
        if (request.allOrNone() && refused) {
            transaction.undoTo(0);
            results.replaceAll(result -> result.success() ? rolledBack() : result);
        }
        return results;
    }

    /** SOAP API guide, create(): rows of one object next to each other are a chunk. The code is inferred. */
    private static void requireFewChunks(WriteRequest request) {
        int chunks = 0;
        String last = "";
        for (InputRow row : request.rows()) {
            chunks += row.type().equalsIgnoreCase(last) ? 0 : 1;
            last = row.type();
        }
        if (chunks > MAX_CHUNKS) {
            throw new ApiRefusal(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce"
                            + " chunking.");
        }
    }

    /**
     * The same page and that of sObject Collections. The code is inferred. A call with set-up objects and others is
     * refused row by row, see {@link #requireUnmixed}.
     */
    private static void requireOneSetupType(WriteRequest request, Collection<ObjectType> types) {
        boolean creates = request.kind() == WriteRequest.Kind.CREATE;
        if (creates && types.stream().filter(Schema::isSetup).distinct().count() > 1) {
            throw new ApiRefusal(
                    ErrorCode.INVALID_OPERATION,
                    "You can't create records for multiple object types in one call when one of the types is related to"
                            + " a feature in the Salesforce Setup area.");
        }
    }

    private RowResult one(Transaction transaction, WriteRequest request, int at, Set<String> repeated) {
        InputRow row = request.rows().get(at);
        int mark = transaction.mark();
        try {
            Optional<RowError> disturbed = request.disturbance().of(at, row.id());
            if (disturbed.isPresent()) {
                return RowResult.refused(disturbed.get());
            }
            requireUnmixed(request, row);
            return switch (request.kind()) {
                case CREATE -> RowResult.done(create(transaction, row), true);
                case UPDATE -> RowResult.done(update(transaction, row), false);
                case UPSERT -> upsert(transaction, row, request.externalIdField(), repeated);
                case DELETE -> RowResult.done(delete(transaction, row), false);
            };
        } catch (RowRefused e) {
            transaction.undoTo(mark);
            return RowResult.refused(e.error());
        }
    }

    private String create(Transaction transaction, InputRow row) {
        ObjectType type = supporting(row, ObjectType.Call.CREATE, "create");
        requireRights(transaction, type);
        if (row.id().isPresent()) {
            throw new RowRefused(
                    ErrorCode.INVALID_FIELD_FOR_INSERT_UPDATE, "cannot specify Id in an insert call", "Id");
        }
        Draft draft = Draft.empty(type);
        checks.read(row, draft, true);
        requireUnique(draft, Optional.empty());
        return rulesOf(type).create(transaction, draft).id();
    }

    private String update(Transaction transaction, InputRow row) {
        ObjectType type = supporting(row, ObjectType.Call.UPDATE, "update");
        Row before = existing(type, row, "update");
        requireRights(transaction, type);
        Draft draft = Draft.of(before);
        checks.read(row, draft, false);
        requireUnique(draft, Optional.of(before.id()));
        return rulesOf(type).update(transaction, before, draft).id();
    }

    private String delete(Transaction transaction, InputRow row) {
        String sent = row.id().orElse("");
        if (SalesforceId.normalize(sent).isEmpty()) {
            // Recorded by soapforce; the form of the id is looked at before its type.
            throw new RowRefused(ErrorCode.MALFORMED_ID, "bad id " + sent);
        }
        ObjectType type = supporting(row, ObjectType.Call.DELETE, "delete");
        Row before = existing(type, row, "delete");
        requireRights(transaction, type);
        rulesOf(type).delete(transaction, before);
        return before.id();
    }

    /**
     * The first row decides: no call changes set-up objects and others (Apex guide, sObjects that can't be used
     * together). Which row is refused is inferred.
     */
    private void requireUnmixed(WriteRequest request, InputRow row) {
        ObjectType first = type(request.rows().get(0).type());
        ObjectType type = type(row.type());
        if (Schema.isSetup(first) != Schema.isSetup(type)) {
            throw new RowRefused(
                    ErrorCode.MIXED_DML_OPERATION,
                    "DML operation on setup object is not permitted after you have updated a non-setup object (or vice"
                            + " versa): " + type.name() + ", original object: " + first.name());
        }
    }

    private RowResult upsert(Transaction transaction, InputRow row, String key, Set<String> repeated) {
        ObjectType type = type(row.type());
        if (key.equalsIgnoreCase("Id")) {
            return row.id().isPresent()
                    ? RowResult.done(update(transaction, row), false)
                    : RowResult.done(create(transaction, row), true);
        }
        Field field = type.field(key)
                .filter(candidate -> candidate.is(Field.Trait.EXTERNAL_ID) || candidate.is(Field.Trait.ID_LOOKUP))
                .orElseThrow(() -> new ApiRefusal(
                        ErrorCode.INVALID_FIELD,
                        "Field name provided, " + key + " does not match an External ID, Salesforce Id, or indexed"
                                + " field for " + type.name()));
        String value = keyValue(row, field.name());
        if (value.isEmpty()) {
            throw new RowRefused(ErrorCode.MISSING_ARGUMENT, field.name() + " not specified");
        }
        if (repeated.contains(value.toLowerCase(java.util.Locale.ROOT))) {
            throw new RowRefused(ErrorCode.DUPLICATE_VALUE, "Duplicate external id specified: " + value, field.name());
        }
        List<Row> found = store.table(type).seek(type.at(field.name()), value);
        if (found.size() > 1) {
            throw new RowRefused(
                    ErrorCode.INVALID_FIELD, field.name() + ": more than one record found for external id field");
        }
        if (found.isEmpty()) {
            return RowResult.done(create(transaction, row), true);
        }
        // The key names the row; it is not written, so that its upper and lower case stay as they are.
        var rest = new LinkedHashMap<String, @Nullable Object>(row.fields());
        rest.keySet().removeIf(name -> name.equalsIgnoreCase(field.name()));
        var update = new InputRow(row.type(), Optional.of(found.get(0).id()), rest);
        return RowResult.done(update(transaction, update), false);
    }

    /** Keys that occur twice in one upsert: each row with such a key is refused. */
    private static Set<String> repeatedKeys(WriteRequest request) {
        var seen = new HashSet<String>();
        var repeated = new HashSet<String>();
        if (request.kind() == WriteRequest.Kind.UPSERT) {
            for (InputRow row : request.rows()) {
                String key = keyValue(row, request.externalIdField()).toLowerCase(java.util.Locale.ROOT);
                if (!key.isEmpty() && !seen.add(key)) {
                    repeated.add(key);
                }
            }
        }
        return repeated;
    }

    private static String keyValue(InputRow row, String key) {
        for (var entry : row.fields().entrySet()) {
            if (entry.getKey().equalsIgnoreCase(key) && entry.getValue() != null) {
                return entry.getValue().toString().strip();
            }
        }
        return "";
    }

    private void requireUnique(Draft draft, Optional<String> self) {
        Table table = store.table(draft.type());
        for (Field field : draft.type().unique()) {
            String value = draft.text(field.name());
            if (!value.isEmpty()) {
                table.holder(field.name(), value)
                        .filter(row -> !Optional.of(row.id()).equals(self))
                        .ifPresent(row -> {
                            throw new RowRefused(
                                    ErrorCode.DUPLICATE_VALUE,
                                    "duplicate value found: " + field.name() + " duplicates value on record with id: "
                                            + row.id(),
                                    field.name());
                        });
            }
        }
    }

    private ObjectType supporting(InputRow row, ObjectType.Call call, String name) {
        ObjectType type = type(row.type());
        if (!type.supports(call)) {
            throw new RowRefused(
                    ErrorCode.INVALID_TYPE_FOR_OPERATION, "entity type " + type.name() + " does not support " + name);
        }
        return type;
    }

    private Row existing(ObjectType type, InputRow row, String call) {
        String sent = row.id()
                .orElseThrow(
                        () -> new RowRefused(ErrorCode.MISSING_ARGUMENT, "Id not specified in an " + call + " call"));
        String id = SalesforceId.normalize(sent)
                .filter(full -> full.startsWith(type.keyPrefix()))
                .orElseThrow(() -> new RowRefused(
                        ErrorCode.MALFORMED_ID, type.name() + " ID: id value of incorrect type: " + sent, "Id"));
        return store.table(type)
                .byId(id)
                .orElseThrow(() -> new RowRefused(ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id"));
    }

    /** Who may not manage users may change no set-up object. */
    private void requireRights(Transaction transaction, ObjectType type) {
        if (!Schema.isSetup(type)) {
            return;
        }
        boolean allowed = store.table("User")
                .byId(transaction.actorId())
                .flatMap(user -> store.table("Profile").byId(user.text("ProfileId")))
                .filter(profile -> profile.flag("PermissionsManageUsers"))
                .isPresent();
        if (!allowed) {
            throw new RowRefused(ErrorCode.INSUFFICIENT_ACCESS_OR_READONLY, "insufficient access rights on object id");
        }
    }

    private ObjectType type(String name) {
        return store.schema()
                .find(name)
                .orElseThrow(() -> new ApiRefusal(
                        ErrorCode.INVALID_TYPE,
                        "sObject type '" + name + "' is not supported. If you are attempting to use a custom object,"
                                + " be sure to append the '__c' after the entity name. Please reference your WSDL or"
                                + " the describe call for the appropriate names."));
    }

    private ObjectRules rulesOf(ObjectType type) {
        return rules.getOrDefault(type.name(), ObjectRules.NONE);
    }

    private static RowResult rolledBack() {
        return RowResult.refused(new RowError(
                ErrorCode.ALL_OR_NONE_OPERATION_ROLLED_BACK.name(),
                "Record rolled back because not all records were valid and the request was using AllOrNone header",
                List.of()));
    }
}
