package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.ApiUsage;
import dev.salesforcesync.model.OrgDescription.License;
import dev.salesforcesync.model.OrgDescription.Organization;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.model.OrgDescription.RunningUser;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.SalesforceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Reads what an org says of itself: nine calls, each small, and one more for each session. */
final class OrgReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RestApi rest;
    private final SoapApi soap;
    private final SessionKeeper sessions;
    private final ApiGate gate;
    private final AtomicReference<String> askedForLifetime = new AtomicReference<>("");

    OrgReader(RestApi rest, SoapApi soap, SessionKeeper sessions, ApiGate gate) {
        this.rest = rest;
        this.soap = soap;
        this.sessions = sessions;
        this.gate = gate;
    }

    Result<OrgDescription> read() {
        try {
            usage();
            lifetime();
            UserDescribe user = userDescribe();
            if (!user.createable() || !user.updateable()) {
                throw new Stopped(
                        new Failure.Terminal(SalesforceReason.PERMISSIONS_INSUFFICIENT, ErrorTable.PERMISSIONS));
            }
            return Result.ok(new OrgDescription(
                    organization(),
                    runningUser(),
                    profiles(),
                    roles(),
                    licenses(),
                    user.fields(),
                    Map.of(),
                    gate.usage().orElseGet(() -> new ApiUsage(0, 0, Instant.EPOCH))));
        } catch (Stopped stopped) {
            return Result.failed(stopped.failure);
        } catch (IllegalArgumentException | IOException garbled) {
            return Result.failed(NetworkErrors.unreadable());
        }
    }

    Result<Map<String, UserField>> userFields() {
        try {
            return Result.ok(userDescribe().fields());
        } catch (Stopped stopped) {
            return Result.failed(stopped.failure);
        } catch (IOException garbled) {
            return Result.failed(NetworkErrors.unreadable());
        }
    }

    /** What describe says of User. */
    private record UserDescribe(boolean createable, boolean updateable, Map<String, UserField> fields) {}

    /** Ends a reading that takes several calls; never leaves this class. */
    private static final class Stopped extends Exception {
        private final transient Failure failure;

        Stopped(Failure failure) {
            super(failure.reason(), null, false, false);
            this.failure = failure;
        }
    }

    private static <T> T orStop(Result<T> result) throws Stopped {
        if (result instanceof Result.Failed<T> failed) {
            throw new Stopped(failed.failure());
        }
        return ((Result.Ok<T>) result).value();
    }

    private List<Map<String, String>> rows(String soql) throws Stopped {
        List<Map<String, String>> rows = new ArrayList<>();
        orStop(rest.query(soql, rows::add));
        return rows;
    }

    private Map<String, String> one(String soql) throws Stopped {
        List<Map<String, String>> rows = rows(soql);
        if (rows.isEmpty()) {
            throw new Stopped(new Failure.Terminal(SalesforceReason.PERMISSIONS_INSUFFICIENT, ErrorTable.PERMISSIONS));
        }
        return rows.get(0);
    }

    /** First of all, since it is the one call that may go out when the budget is used up. */
    private void usage() throws Stopped, IOException {
        JsonNode daily =
                JSON.readTree(orStop(rest.get(ApiGate.LIMITS, "/limits"))).path("DailyApiRequests");
        if (daily.path("Max").isNumber() && gate.usage().isEmpty()) {
            long max = daily.path("Max").asLong();
            gate.observed(max - daily.path("Remaining").asLong(max), max);
        }
    }

    /** Once a session, where the sign-in did not tell: OAuth answers have no lifetime. Without an answer we guess on. */
    private void lifetime() throws Stopped {
        Session session = orStop(sessions.current());
        if (session.lifetime().isPresent() || session.token().equals(askedForLifetime.getAndSet(session.token()))) {
            return;
        }
        SoapReply<Integer> seconds = soap.call(
                "getUserInfo",
                ApiBudget.Purpose.WORK,
                connection -> connection.getUserInfo().getSessionSecondsValid());
        if (seconds instanceof SoapReply.Answer<Integer> answer && answer.value() > 0) {
            sessions.holds(session, Duration.ofSeconds(answer.value()));
        }
    }

    private Organization organization() throws Stopped {
        Map<String, String> row = one("SELECT Id, Name, OrganizationType, IsSandbox, InstanceName FROM Organization");
        return new Organization(
                new SalesforceId(row.getOrDefault("Id", "")),
                row.getOrDefault("Name", ""),
                row.getOrDefault("OrganizationType", ""),
                "true".equals(row.get("IsSandbox")),
                row.getOrDefault("InstanceName", ""));
    }

    private RunningUser runningUser() throws Stopped, IOException {
        Optional<SalesforceId> told = orStop(sessions.current()).user();
        SalesforceId id = told.isPresent()
                ? told.get()
                : new SalesforceId(
                        JSON.readTree(orStop(rest.userInfo())).path("user_id").asText(""));
        Map<String, String> row =
                one("SELECT Id, Username, Profile.Name FROM User WHERE Id = " + Soql.literal(id.value()));
        return new RunningUser(id, row.getOrDefault("Username", ""), row.getOrDefault("Profile.Name", ""));
    }

    private Map<String, Profile> profiles() throws Stopped {
        Map<String, Profile> profiles = new HashMap<>();
        for (Map<String, String> row : rows("SELECT Id, Name, UserLicense.Name, PermissionsManageUsers, "
                + "PermissionsModifyAllData FROM Profile")) {
            String name = row.getOrDefault("Name", "");
            profiles.put(
                    name,
                    new Profile(
                            new SalesforceId(row.getOrDefault("Id", "")),
                            name,
                            row.getOrDefault("UserLicense.Name", ""),
                            "true".equals(row.get("PermissionsManageUsers"))
                                    || "true".equals(row.get("PermissionsModifyAllData"))));
        }
        return profiles;
    }

    private Map<String, SalesforceId> roles() throws Stopped {
        Map<String, SalesforceId> roles = new HashMap<>();
        for (Map<String, String> row : rows("SELECT Id, DeveloperName FROM UserRole")) {
            roles.put(row.getOrDefault("DeveloperName", ""), new SalesforceId(row.getOrDefault("Id", "")));
        }
        return roles;
    }

    private List<License> licenses() throws Stopped {
        List<License> licenses = new ArrayList<>();
        for (Map<String, String> row : rows("SELECT Name, TotalLicenses, UsedLicenses FROM UserLicense")) {
            licenses.add(license(row, "Name", false));
        }
        for (Map<String, String> row :
                rows("SELECT MasterLabel, TotalLicenses, UsedLicenses FROM PermissionSetLicense")) {
            licenses.add(license(row, "MasterLabel", true));
        }
        return licenses;
    }

    private static License license(Map<String, String> row, String name, boolean permissionSetLicense) {
        return new License(
                row.getOrDefault(name, ""),
                permissionSetLicense,
                Integer.parseInt(row.getOrDefault("TotalLicenses", "0")),
                Integer.parseInt(row.getOrDefault("UsedLicenses", "0")));
    }

    private UserDescribe userDescribe() throws Stopped, IOException {
        JsonNode describe = JSON.readTree(orStop(rest.get("describe", "/sobjects/User/describe")));
        Map<String, UserField> fields = new HashMap<>();
        for (JsonNode field : describe.path("fields")) {
            List<String> picklist = new ArrayList<>();
            if (field.path("restrictedPicklist").asBoolean()) {
                for (JsonNode value : field.path("picklistValues")) {
                    if (value.path("active").asBoolean(true)) {
                        picklist.add(value.path("value").asText());
                    }
                }
            }
            String name = field.path("name").asText();
            fields.put(
                    name,
                    new UserField(
                            name,
                            field.path("type").asText("string"),
                            field.path("length").asInt(),
                            field.path("createable").asBoolean(),
                            field.path("updateable").asBoolean(),
                            field.path("externalId").asBoolean(),
                            picklist));
        }
        if (fields.isEmpty()) {
            throw new IOException("no fields");
        }
        return new UserDescribe(
                describe.path("createable").asBoolean(),
                describe.path("updateable").asBoolean(),
                fields);
    }
}
