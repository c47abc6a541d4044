package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
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
import java.util.stream.Collectors;

/** Reads what an org says of itself: four calls, each small, and one more for each session. */
final class OrgReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORGANIZATION =
            "SELECT Id, Name, OrganizationType, IsSandbox, InstanceName FROM Organization";
    private static final String RUNNING_USER = "SELECT Id, Username, Profile.Name FROM User WHERE Id = ";
    private static final String PROFILES =
            "SELECT Id, Name, UserLicense.Name, PermissionsManageUsers, PermissionsModifyAllData FROM Profile";
    private static final String ROLES = "SELECT Id, DeveloperName FROM UserRole";
    private static final String LICENSES = "SELECT Id, Name, TotalLicenses, UsedLicenses FROM UserLicense";

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
            SalesforceId us = ourselves();
            Answers answers = ask(us);
            return Result.ok(new OrgDescription(
                    organization(answers),
                    runningUser(us, answers),
                    profiles(answers),
                    roles(answers),
                    licenses(answers),
                    user.fields(),
                    entitlements(answers),
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
                Urgency.LOOKUP,
                connection -> connection.getUserInfo().getSessionSecondsValid());
        if (seconds instanceof SoapReply.Answer<Integer> answer && answer.value() > 0) {
            sessions.holds(session, Duration.ofSeconds(answer.value()));
        }
    }

    private SalesforceId ourselves() throws Stopped, IOException {
        Optional<SalesforceId> told = orStop(sessions.current()).user();
        return told.isPresent()
                ? told.get()
                : new SalesforceId(
                        JSON.readTree(orStop(rest.userInfo())).path("user_id").asText(""));
    }

    private Answers ask(SalesforceId us) {
        List<String> queries = new ArrayList<>(List.of(
                ORGANIZATION,
                RUNNING_USER + Soql.literal(us.value()),
                PROFILES,
                ROLES,
                LICENSES,
                EntitlementCatalogue.SET_LICENSES,
                EntitlementCatalogue.SETS,
                EntitlementCatalogue.SET_GROUPS,
                EntitlementCatalogue.PRIVILEGED_SET_GROUPS,
                EntitlementCatalogue.GROUPS));
        return new Answers(queries, rest.queries(queries));
    }

    /** What the queries came to. */
    private record Answers(List<String> queries, List<Result<List<Map<String, String>>>> results) {
        /** The rows of the query that begins so. */
        List<Map<String, String>> rows(String query) throws Stopped {
            return orStop(result(query));
        }

        Result<List<Map<String, String>>> result(String query) {
            for (int i = 0; i < queries.size(); i++) {
                if (queries.get(i).startsWith(query)) {
                    return results.get(i);
                }
            }
            throw new IllegalStateException("not asked");
        }

        Map<String, String> one(String query) throws Stopped {
            List<Map<String, String>> rows = rows(query);
            if (rows.isEmpty()) {
                throw new Stopped(
                        new Failure.Terminal(SalesforceReason.PERMISSIONS_INSUFFICIENT, ErrorTable.PERMISSIONS));
            }
            return rows.get(0);
        }
    }

    private static Organization organization(Answers answers) throws Stopped {
        Map<String, String> row = answers.one(ORGANIZATION);
        return new Organization(
                new SalesforceId(row.getOrDefault("Id", "")),
                row.getOrDefault("Name", ""),
                row.getOrDefault("OrganizationType", ""),
                "true".equals(row.get("IsSandbox")),
                row.getOrDefault("InstanceName", ""));
    }

    private static RunningUser runningUser(SalesforceId us, Answers answers) throws Stopped {
        Map<String, String> row = answers.one(RUNNING_USER);
        return new RunningUser(us, row.getOrDefault("Username", ""), row.getOrDefault("Profile.Name", ""));
    }

    private static Map<String, Profile> profiles(Answers answers) throws Stopped {
        Map<String, Profile> profiles = new HashMap<>();
        for (Map<String, String> row : answers.rows(PROFILES)) {
            String name = row.getOrDefault("Name", "");
            profiles.put(
                    name,
                    new Profile(
                            new SalesforceId(row.getOrDefault("Id", "")),
                            name,
                            row.getOrDefault("UserLicense.Name", ""),
                            EntitlementCatalogue.isPrivileged(row)));
        }
        return profiles;
    }

    private static Map<String, SalesforceId> roles(Answers answers) throws Stopped {
        Map<String, SalesforceId> roles = new HashMap<>();
        for (Map<String, String> row : answers.rows(ROLES)) {
            roles.put(row.getOrDefault("DeveloperName", ""), new SalesforceId(row.getOrDefault("Id", "")));
        }
        return roles;
    }

    private static List<License> licenses(Answers answers) throws Stopped {
        List<License> licenses = new ArrayList<>();
        for (Map<String, String> row : answers.rows(LICENSES)) {
            licenses.add(license(row, "Name", false));
        }
        for (Map<String, String> row : answers.rows(EntitlementCatalogue.SET_LICENSES)) {
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

    private static Map<EntitlementKind, Map<String, Entitlement>> entitlements(Answers answers) throws Stopped {
        Map<String, String> userLicenses = answers.rows(LICENSES).stream()
                .collect(Collectors.toMap(row -> row.getOrDefault("Id", ""), row -> row.getOrDefault("Name", "")));
        EntitlementCatalogue catalogue = new EntitlementCatalogue();
        catalogue.sets(answers.rows(EntitlementCatalogue.SETS), userLicenses);
        catalogue.setLicenses(answers.rows(EntitlementCatalogue.SET_LICENSES));
        catalogue.groups(answers.rows(EntitlementCatalogue.GROUPS));
        List<Map<String, String>> setGroups = unlessUnknown(answers.result(EntitlementCatalogue.SET_GROUPS));
        if (!setGroups.isEmpty()) {
            catalogue.setGroups(setGroups, answers.rows(EntitlementCatalogue.PRIVILEGED_SET_GROUPS));
        }
        return catalogue.offered();
    }

    private static List<Map<String, String>> unlessUnknown(Result<List<Map<String, String>>> result) throws Stopped {
        boolean unknown = result instanceof Result.Failed<List<Map<String, String>>> failed
                && EntitlementReader.unknown(failed.failure());
        return unknown ? List.of() : orStop(result);
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
            List<String> referenceTo = new ArrayList<>();
            field.path("referenceTo").forEach(object -> referenceTo.add(object.asText()));
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
                            picklist,
                            referenceTo));
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
