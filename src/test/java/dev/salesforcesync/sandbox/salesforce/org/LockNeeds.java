package dev.salesforcesync.sandbox.salesforce.org;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which locks each row of a write call needs, and what a row is told that does not get them. */
final class LockNeeds {
    private final List<Set<String>> byRow = new ArrayList<>();
    private final Set<String> all = new HashSet<>();

    /** Reads the needs of a call; to be called under the org's lock. */
    LockNeeds(Store store, WriteRequest request) {
        for (InputRow row : request.rows()) {
            var keys = new HashSet<String>();
            store.schema().find(row.type()).ifPresent(type -> addNeeds(store, request, type, row, keys));
            byRow.add(keys);
            all.addAll(keys);
        }
    }

    Set<String> all() {
        return all;
    }

    /** Lets a row fail that did not get its locks. */
    WriteRequest.Disturbance without(Set<String> missed, WriteRequest.Disturbance otherwise) {
        if (missed.isEmpty()) {
            return otherwise;
        }
        return (index, id) -> byRow.get(index).stream()
                .filter(missed::contains)
                .findFirst()
                .map(LockNeeds::error)
                .or(() -> otherwise.of(index, id));
    }

    /** Texts: the same guide's part on locking, and a SOAP answer recorded from a real org. */
    private static RowError error(String key) {
        String text = key.equals(Locks.MEMBERSHIP)
                ? "could not acquire lock"
                : "unable to obtain exclusive access to this record or 1 records: " + key;
        return new RowError(ErrorCode.UNABLE_TO_LOCK_ROW.name(), text, List.of());
    }

    private static void addNeeds(Store store, WriteRequest request, ObjectType type, InputRow row, Set<String> keys) {
        Optional<Row> before = existing(store, request, type, row);
        before.ifPresent(found -> keys.add(found.id()));
        if (movesMembership(type, row, before)) {
            keys.add(Locks.MEMBERSHIP);
        }
        if (type.name().equals("Contact")) {
            // A new or moved contact locks its account (Record Locking Cheat Sheet).
            sent(row, "AccountId").flatMap(SalesforceId::normalize).ifPresent(keys::add);
        }
    }

    private static boolean movesMembership(ObjectType type, InputRow row, Optional<Row> before) {
        return switch (type.name()) {
            case "Group", "GroupMember" -> true;
            case "UserRole" -> before.isEmpty() || !row.fields().keySet().equals(Set.of("Name"));
            case "User" ->
                sends(row, "UserRoleId")
                        && !sent(row, "UserRoleId")
                                .flatMap(SalesforceId::normalize)
                                .orElse("")
                                .equals(before.map(user -> user.text("UserRoleId"))
                                        .orElse(""));
            default -> false;
        };
    }

    private static Optional<Row> existing(Store store, WriteRequest request, ObjectType type, InputRow row) {
        Table table = store.table(type);
        if (request.kind() == WriteRequest.Kind.CREATE) {
            return Optional.empty();
        }
        if (row.id().isPresent()) {
            return row.id().flatMap(SalesforceId::normalize).flatMap(table::byId);
        }
        String key = request.externalIdField();
        return type.ordinal(key).isPresent()
                        && table.isIndexed(type.ordinal(key).getAsInt())
                ? sent(row, key)
                        .flatMap(value -> table.seek(type.ordinal(key).getAsInt(), value).stream()
                                .findFirst())
                : Optional.empty();
    }

    private static boolean sends(InputRow row, String field) {
        return row.fields().keySet().stream().anyMatch(name -> name.equalsIgnoreCase(field));
    }

    private static Optional<String> sent(InputRow row, String field) {
        for (var entry : row.fields().entrySet()) {
            if (entry.getKey().equalsIgnoreCase(field) && entry.getValue() != null) {
                return Optional.of(entry.getValue().toString().strip());
            }
        }
        return Optional.empty();
    }
}
