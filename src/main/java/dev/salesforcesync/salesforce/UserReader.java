package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads users and what hangs on them. */
final class UserReader implements UserLookup {
    /**
     * Internal users: those with a full licence and Chatter-only ones. Guests, portal and community users and the
     * platform's own (AutomatedProcess and the like) are no employees and never ours to change.
     */
    static final String INTERNAL = "UserType IN ('Standard','CsnOnly')";

    static final String LOGINS = "SELECT Id, UserId, IsFrozen FROM UserLogin";

    /** Salesforce writes 2026-11-22T10:00:00.000+0000. */
    static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XX][XXX]");

    private static final List<String> ALWAYS = List.of("Id", "Username", "IsActive", "ProfileId", "SystemModstamp");

    private final RestApi rest;

    UserReader(RestApi rest) {
        this.rest = rest;
    }

    Result<List<SalesforceUser>> internal(Set<String> fields) {
        return select(fields).flatMap(select -> users(List.of(select + " FROM User WHERE " + INTERNAL)));
    }

    /** Without the restriction to internal users: a row we wrote is found again whatever profile it got. */
    @Override
    public Result<List<SalesforceUser>> readUsersBy(String keyField, Collection<String> values, Set<String> fields) {
        if (values.isEmpty()) {
            return Result.ok(List.of());
        }
        if (!Soql.isField(keyField)) {
            return Result.failed(unknownField());
        }
        return select(fields).flatMap(select -> users(Soql.in(select + " FROM User WHERE " + keyField, values)));
    }

    /** Directly, or by a permission set group that contains one of the sets. */
    @Override
    public Result<Set<SalesforceId>> assigneesOf(Set<String> permissionSets) {
        if (permissionSets.isEmpty()) {
            return Result.ok(Set.of());
        }
        String assignees = "SELECT AssigneeId FROM PermissionSetAssignment WHERE ";
        List<String> throughGroups =
                named("SELECT PermissionSetGroupId FROM PermissionSetGroupComponent WHERE ", permissionSets).stream()
                        .map(groups -> assignees + "PermissionSetGroupId IN (" + groups + ")")
                        .toList();
        Set<SalesforceId> found = new HashSet<>();
        RowSink sink = row -> found.add(new SalesforceId(row.getOrDefault("AssigneeId", "")));
        Optional<Failure> failure = each(named(assignees, permissionSets), sink)
                .or(() -> each(throughGroups, sink).filter(groups -> !EntitlementReader.unknown(groups)));
        return failure.<Result<Set<SalesforceId>>>map(Result::failed).orElseGet(() -> Result.ok(Set.copyOf(found)));
    }

    /**
     * What asks for permission sets by name. Those of a managed package are called {@code prefix__Name}, as everywhere in
     * Salesforce, and stored in two fields; a developer name has no two underscores in a row (Object Reference,
     * PermissionSet).
     */
    private static List<String> named(String head, Collection<String> permissionSets) {
        Map<String, Set<String>> byPrefix = new TreeMap<>();
        for (String name : permissionSets) {
            int end = Math.max(0, name.indexOf("__"));
            byPrefix.computeIfAbsent(name.substring(0, end), any -> new TreeSet<>())
                    .add(name.substring(end == 0 ? 0 : end + 2));
        }
        List<String> queries = new ArrayList<>();
        byPrefix.forEach((prefix, names) -> queries.addAll(Soql.in(
                head
                        + (prefix.isEmpty() ? "" : "PermissionSet.NamespacePrefix = " + Soql.literal(prefix) + " AND ")
                        + "PermissionSet.Name",
                names)));
        return queries;
    }

    @Override
    public Result<Map<SalesforceId, LoginRecord>> loginRecords(Collection<SalesforceId> users) {
        List<String> ids = users.stream().map(SalesforceId::value).distinct().toList();
        Map<SalesforceId, LoginRecord> records = new HashMap<>();
        Optional<Failure> failure = each(Soql.in(LOGINS + " WHERE UserId", ids), row -> {
            LoginRecord record = loginRecord(row);
            records.put(record.user(), record);
        });
        return failure.<Result<Map<SalesforceId, LoginRecord>>>map(Result::failed)
                .orElseGet(() -> Result.ok(Map.copyOf(records)));
    }

    static Result<String> select(Set<String> fields) {
        Set<String> all = new LinkedHashSet<>(ALWAYS);
        for (String field : fields.stream().sorted().toList()) {
            if (!Soql.isField(field)) {
                return Result.failed(unknownField());
            }
            if (ALWAYS.stream().noneMatch(field::equalsIgnoreCase)) {
                all.add(field);
            }
        }
        return Result.ok("SELECT " + String.join(", ", all));
    }

    private static Failure unknownField() {
        return SalesforceErrors.call("INVALID_FIELD", "");
    }

    private Result<List<SalesforceUser>> users(List<String> queries) {
        List<SalesforceUser> users = new ArrayList<>();
        Optional<Failure> failure = each(queries, row -> users.add(user(row)));
        return failure.<Result<List<SalesforceUser>>>map(Result::failed).orElseGet(() -> Result.ok(List.copyOf(users)));
    }

    private Optional<Failure> each(List<String> queries, RowSink sink) {
        try {
            for (String query : queries) {
                if (rest.query(query, sink) instanceof Result.Failed<Long> failed) {
                    return Optional.of(failed.failure());
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException garbled) {
            return Optional.of(NetworkErrors.unreadable());
        }
    }

    static SalesforceUser user(Map<String, String> row) {
        SalesforceId id = new SalesforceId(row.getOrDefault("Id", ""));
        Instant modified = OffsetDateTime.parse(row.getOrDefault("SystemModstamp", ""), STAMP)
                .toInstant();
        row.remove("Id");
        row.remove("SystemModstamp");
        return new SalesforceUser(id, row, modified);
    }

    static LoginRecord loginRecord(Map<String, String> row) {
        return new LoginRecord(
                new SalesforceId(row.getOrDefault("Id", "")),
                new SalesforceId(row.getOrDefault("UserId", "")),
                "true".equals(row.get("IsFrozen")));
    }
}
