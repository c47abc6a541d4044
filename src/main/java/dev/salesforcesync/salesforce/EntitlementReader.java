package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads who holds which rights directly. */
final class EntitlementReader {
    private static final String USER = "005";

    private final RestApi rest;

    EntitlementReader(RestApi rest) {
        this.rest = rest;
    }

    /** Of every internal user. */
    Result<List<Assignment>> all(Set<EntitlementKind> kinds) {
        return read(kinds, head -> List.of(head + " IN (SELECT Id FROM User WHERE " + UserReader.INTERNAL + ")"));
    }

    /** Of these users. */
    Result<List<Assignment>> of(Set<EntitlementKind> kinds, Collection<SalesforceId> users) {
        List<String> ids = users.stream().map(SalesforceId::value).toList();
        return read(kinds, head -> Soql.in(head, ids));
    }

    /**
     * Reads one object after the other.
     *
     * @param holders completes a query that ends in the field that names the holder
     */
    private Result<List<Assignment>> read(Set<EntitlementKind> kinds, Function<String, List<String>> holders) {
        List<Assignment> found = new ArrayList<>();
        Optional<Failure> failure = sets(kinds, holders, found)
                .or(() -> licenses(kinds, holders, found))
                .or(() -> groups(kinds, holders, found));
        return failure.<Result<List<Assignment>>>map(Result::failed).orElseGet(() -> Result.ok(List.copyOf(found)));
    }

    /**
     * Sets and groups of sets are assigned by rows of one object. The set in the row of a group is one that stands for
     * the whole group; a profile and a session have sets of their own too, which nobody is granted.
     */
    private Optional<Failure> sets(
            Set<EntitlementKind> kinds, Function<String, List<String>> holders, List<Assignment> found) {
        boolean sets = kinds.contains(EntitlementKind.PERMISSION_SET);
        boolean groups = kinds.contains(EntitlementKind.PERMISSION_SET_GROUP);
        if (!groups) {
            return sets ? setsAlone(holders, found) : Optional.empty();
        }
        String ofGroups = sets ? "PermissionSet.Type != 'Session'" : "PermissionSetGroupId != null";
        Optional<Failure> failure = each(
                holders.apply(
                        "SELECT Id, AssigneeId, PermissionSetId, PermissionSetGroupId FROM PermissionSetAssignment "
                                + "WHERE PermissionSet.IsOwnedByProfile = false AND " + ofGroups + " AND AssigneeId"),
                row -> found.add(
                        row.containsKey("PermissionSetGroupId")
                                ? assignment(
                                        row, EntitlementKind.PERMISSION_SET_GROUP, "AssigneeId", "PermissionSetGroupId")
                                : assignment(row, EntitlementKind.PERMISSION_SET, "AssigneeId", "PermissionSetId")));
        boolean withoutGroups = failure.filter(unknown -> unknown.reason().equals(SalesforceReason.FIELD_UNKNOWN))
                .isPresent();
        if (!withoutGroups) {
            return failure;
        }
        return sets ? setsAlone(holders, found) : Optional.empty();
    }

    private Optional<Failure> setsAlone(Function<String, List<String>> holders, List<Assignment> found) {
        return each(
                holders.apply("SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE "
                        + "PermissionSet.IsOwnedByProfile = false AND PermissionSet.Type NOT IN ('Group','Session') "
                        + "AND AssigneeId"),
                row -> found.add(assignment(row, EntitlementKind.PERMISSION_SET, "AssigneeId", "PermissionSetId")));
    }

    private Optional<Failure> licenses(
            Set<EntitlementKind> kinds, Function<String, List<String>> holders, List<Assignment> found) {
        if (!kinds.contains(EntitlementKind.PERMISSION_SET_LICENSE)) {
            return Optional.empty();
        }
        return each(
                holders.apply("SELECT Id, AssigneeId, PermissionSetLicenseId FROM PermissionSetLicenseAssign WHERE "
                        + "AssigneeId"),
                row -> found.add(assignment(
                        row, EntitlementKind.PERMISSION_SET_LICENSE, "AssigneeId", "PermissionSetLicenseId")));
    }

    private Optional<Failure> groups(
            Set<EntitlementKind> kinds, Function<String, List<String>> holders, List<Assignment> found) {
        List<String> types = EntitlementRows.groupTypes(kinds);
        if (types.isEmpty()) {
            return Optional.empty();
        }
        RowSink sink = row -> {
            // Groups are members too.
            if (row.getOrDefault("UserOrGroupId", "").startsWith(USER)) {
                found.add(assignment(row, EntitlementRows.groupKind(row, "Group.Type"), "UserOrGroupId", "GroupId"));
            }
        };
        return each(
                Soql.in("SELECT Id, UserOrGroupId, GroupId, Group.Type FROM GroupMember WHERE Group.Type", types)
                        .stream()
                        .flatMap(head -> holders.apply(head + " AND UserOrGroupId").stream())
                        .toList(),
                sink);
    }

    private static Assignment assignment(Map<String, String> row, EntitlementKind kind, String user, String right) {
        return new Assignment(
                new SalesforceId(row.getOrDefault("Id", "")),
                new SalesforceId(row.getOrDefault(user, "")),
                kind,
                new SalesforceId(row.getOrDefault(right, "")));
    }

    /**
     * An org without permission-set groups does not know their objects, which looks like a missing right; the other
     * queries show whether one is missing.
     */
    static boolean unknown(Failure failure) {
        return failure.reason().equals(SalesforceReason.FIELD_UNKNOWN)
                || failure.reason().equals(SalesforceReason.PERMISSIONS_INSUFFICIENT);
    }

    private Optional<Failure> each(List<String> queries, RowSink sink) {
        try {
            for (String query : queries) {
                if (rest.query(query, sink) instanceof Result.Failed<Long> failed) {
                    return Optional.of(failed.failure());
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException garbled) {
            return Optional.of(NetworkErrors.unreadable());
        }
    }
}
