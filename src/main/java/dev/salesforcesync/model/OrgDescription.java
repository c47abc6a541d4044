package dev.salesforcesync.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an org says of itself to the integration user.
 *
 * @param organization which org it is
 * @param runningUser who we are there
 * @param profiles all profiles, by name
 * @param roles all roles, by developer name
 * @param licenses user licences and permission-set licences
 * @param userFields the describe of User, by field name
 * @param entitlements what a user may hold any number of, by kind and API name; a kind that the org does not have is
 *     empty or missing
 * @param apiUsage calls used of the rolling day's limit
 */
public record OrgDescription(
        Organization organization,
        RunningUser runningUser,
        Map<String, Profile> profiles,
        Map<String, SalesforceId> roles,
        List<License> licenses,
        Map<String, UserField> userFields,
        Map<EntitlementKind, Map<String, Entitlement>> entitlements,
        ApiUsage apiUsage) {
    public OrgDescription {
        profiles = Map.copyOf(profiles);
        roles = Map.copyOf(roles);
        licenses = List.copyOf(licenses);
        userFields = Map.copyOf(userFields);
        entitlements = entitlements.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, byName -> Map.copyOf(byName.getValue())));
    }

    /** The org; {@code id} has 18 characters. */
    public record Organization(SalesforceId id, String name, String edition, boolean sandbox, String instance) {}

    /** The user that the credentials stand for. */
    public record RunningUser(SalesforceId id, String username, String profile) {}

    /**
     * A profile.
     *
     * @param license the user licence it belongs to
     * @param privileged it may manage users or modify all data
     */
    public record Profile(SalesforceId id, String name, String license, boolean privileged) {}

    /** Seats of one user licence or permission-set licence; the used count may lag (UsedLicensesLastUpdated). */
    public record License(String name, boolean permissionSetLicense, int total, int used) {
        public int free() {
            return Math.max(0, total - used);
        }
    }

    /**
     * A field of User as describe tells it.
     *
     * @param type Salesforce's describe type in lower case, such as string, email, boolean, picklist, reference
     * @param length the longest value in characters; 0 where it does not apply
     * @param picklist allowed values of a restricted picklist; empty where it is none
     * @param referenceTo the objects that a reference may point to; empty where it is none
     */
    public record UserField(
            String name,
            String type,
            int length,
            boolean createable,
            boolean updateable,
            boolean externalId,
            List<String> picklist,
            List<String> referenceTo) {
        public UserField {
            picklist = List.copyOf(picklist);
            referenceTo = List.copyOf(referenceTo);
        }

        /** A field that refers to nothing. */
        public UserField(
                String name,
                String type,
                int length,
                boolean createable,
                boolean updateable,
                boolean externalId,
                List<String> picklist) {
            this(name, type, length, createable, updateable, externalId, picklist, List.of());
        }

        /** Whether it points to a user, and may point to nothing but one. */
        public boolean refersToUser() {
            return type.equals("reference") && referenceTo.contains("User");
        }
    }

    /** Calls used of the limit in the rolling 24 hours. */
    public record ApiUsage(long used, long limit, Instant observed) {}

    /** What the org offers of one kind, by API name. */
    public Map<String, Entitlement> entitlements(EntitlementKind kind) {
        return entitlements.getOrDefault(kind, Map.of());
    }

    public Optional<Entitlement> entitlement(EntitlementKind kind, String name) {
        return Optional.ofNullable(entitlements.getOrDefault(kind, Map.of()).get(name));
    }

    public Optional<Profile> profile(String name) {
        return Optional.ofNullable(profiles.get(name));
    }
}
