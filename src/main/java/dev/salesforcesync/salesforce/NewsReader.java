package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what was written since a moment: one call, and one more for each further 2,000 rows. Every object has
 * SystemModstamp but UserLogin, which has LastModifiedDate (Object Reference, the objects named here).
 */
final class NewsReader {
    private final RestApi rest;

    NewsReader(RestApi rest) {
        this.rest = rest;
    }

    /** One query of the call, and what is made of each of its rows. */
    private record Part(String query, RowSink sink) {}

    Result<OrgNews> since(Instant moment, Set<String> fields, Set<EntitlementKind> kinds) {
        // Stamps have whole seconds: one change too many may be seen, never one too few.
        String since = " >= " + Soql.dateTime(moment.truncatedTo(ChronoUnit.SECONDS));
        List<SalesforceUser> users = new ArrayList<>();
        List<LoginRecord> logins = new ArrayList<>();
        Map<SalesforceId, SalesforceId> rights = new HashMap<>();
        return UserReader.select(fields).flatMap(select -> {
            List<Part> parts = new ArrayList<>();
            parts.add(new Part(
                    select + " FROM User WHERE " + UserReader.INTERNAL + " AND SystemModstamp" + since,
                    row -> users.add(UserReader.user(row))));
            parts.add(new Part(
                    UserReader.LOGINS + " WHERE LastModifiedDate" + since,
                    row -> logins.add(UserReader.loginRecord(row))));
            for (RightsTable table : RightsTable.of(kinds)) {
                parts.add(new Part(
                        table.query() + " SystemModstamp" + since,
                        row -> rights.put(id(row, "Id"), id(row, table.holder()))));
            }
            return read(parts).map(done -> new OrgNews(users, logins, rights));
        });
    }

    /** The objects whose rows give rights, as far as they are asked for; a query ends where the moment goes. */
    private record RightsTable(String query, String holder) {
        static List<RightsTable> of(Set<EntitlementKind> kinds) {
            List<RightsTable> tables = new ArrayList<>();
            if (kinds.contains(EntitlementKind.PERMISSION_SET)
                    || kinds.contains(EntitlementKind.PERMISSION_SET_GROUP)) {
                tables.add(new RightsTable(
                        "SELECT Id, AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = false AND",
                        "AssigneeId"));
            }
            if (kinds.contains(EntitlementKind.PERMISSION_SET_LICENSE)) {
                tables.add(
                        new RightsTable("SELECT Id, AssigneeId FROM PermissionSetLicenseAssign WHERE", "AssigneeId"));
            }
            if (!EntitlementRows.groupTypes(kinds).isEmpty()) {
                tables.add(new RightsTable(
                        "SELECT Id, UserOrGroupId FROM GroupMember WHERE Group.Type IN ('Regular','Queue') AND",
                        "UserOrGroupId"));
            }
            return tables;
        }
    }

    private Result<Integer> read(List<Part> parts) {
        List<Result<List<Map<String, String>>>> answers =
                rest.queries(parts.stream().map(Part::query).toList());
        try {
            for (int i = 0; i < parts.size(); i++) {
                if (answers.get(i) instanceof Result.Failed<List<Map<String, String>>> failed) {
                    return Result.failed(failed.failure());
                }
                for (Map<String, String> row : ((Result.Ok<List<Map<String, String>>>) answers.get(i)).value()) {
                    parts.get(i).sink().row(row);
                }
            }
            return Result.ok(parts.size());
        } catch (IllegalArgumentException | DateTimeException garbled) {
            return Result.failed(NetworkErrors.unreadable());
        }
    }

    private static SalesforceId id(Map<String, String> row, String field) {
        return new SalesforceId(row.getOrDefault(field, ""));
    }
}
