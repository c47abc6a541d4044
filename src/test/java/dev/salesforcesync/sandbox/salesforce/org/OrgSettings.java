package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an org is like when it is new. {@link #builder(String)} has generous defaults.
 *
 * @param runAsUsername the integration user as whom client credentials sign in
 * @param adminUsername a human administrator; the default hand behind edits "by a human"
 * @param emailChangeNeedsVerification whether a changed e-mail address of an active user waits for its owner's
 *     click, as it does in real orgs
 * @param licenceFigureLag how far UserLicense.UsedLicenses may lie behind the truth
 * @param featureSeats how many users may have a feature licence, by the flag on User that stands for it
 * @param lockWait how long a write waits for a lock that another call holds
 * @param lockHold how long a write keeps its locks after its work, as sharing recalculations do
 * @param sessionTimeout how long an unused session lives
 * @param signIn which ways into the org are open
 * @param usernames the register of all orgs that must not share a username
 */
public record OrgSettings(
        String name,
        String id,
        String edition,
        boolean sandbox,
        String instance,
        String clientId,
        String clientSecret,
        String runAsUsername,
        String adminUsername,
        List<Licence> licences,
        List<ProfileSeed> profiles,
        List<String> roles,
        List<PermissionSetSeed> permissionSets,
        List<Licence> permissionSetLicences,
        List<PermissionSetGroupSeed> permissionSetGroups,
        List<GroupSeed> groups,
        Map<String, Integer> featureSeats,
        List<Field> customUserFields,
        List<Field> customContactFields,
        int dailyApiLimit,
        boolean emailChangeNeedsVerification,
        Duration licenceFigureLag,
        Duration lockWait,
        Duration lockHold,
        Duration sessionTimeout,
        Clock clock,
        SignInPolicy signIn,
        Usernames usernames) {

    /** The profile of the integration user: manages users and reads all, but is no administrator. */
    public static final String INTEGRATION_PROFILE = "Salesforce Sync Integration";

    /** The field that holds a person's objectGUID. */
    public static final String ANCHOR_FIELD = "AD_ObjectGuid__c";

    /** A kind of seat and how many there are; external ones are for people outside (communities). */
    public record Licence(String name, int total, boolean external) {}

    /**
     * A profile.
     *
     * @param privileged may modify all data and manage users: an administrator
     */
    public record ProfileSeed(String name, String licence, boolean privileged, boolean managesUsers) {}

    /** A permission set; with a licence (of users, or of permission sets) only its holders can be given it. */
    public record PermissionSetSeed(String name, String label, Optional<String> licence, boolean privileged) {}

    /** A permission set group and the names of the sets in it. */
    public record PermissionSetGroupSeed(String name, List<String> permissionSets) {
        public PermissionSetGroupSeed {
            permissionSets = List.copyOf(permissionSets);
        }
    }

    /** A public group ("Regular") or a queue ("Queue"). */
    public record GroupSeed(String name, String type) {}

    public OrgSettings {
        licences = List.copyOf(licences);
        profiles = List.copyOf(profiles);
        roles = List.copyOf(roles);
        permissionSets = List.copyOf(permissionSets);
        permissionSetLicences = List.copyOf(permissionSetLicences);
        permissionSetGroups = List.copyOf(permissionSetGroups);
        groups = List.copyOf(groups);
        featureSeats = Map.copyOf(featureSeats);
        customUserFields = List.copyOf(customUserFields);
        customContactFields = List.copyOf(customContactFields);
    }

    /** Starts from the defaults for an org of this name; its id and its first users are named after it. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Collects settings. */
    public static final class Builder {
        private final String name;
        private String id;
        private String edition = "Enterprise Edition";
        private boolean sandbox = true;
        private String clientId = "sandbox-client";
        private String clientSecret = "sandbox-secret";
        private String runAsUsername;
        private String adminUsername;
        private final List<Licence> licences = new ArrayList<>(List.of(
                new Licence("Salesforce", 100_000, false),
                new Licence("Salesforce Platform", 100_000, false),
                new Licence("Salesforce Integration", 5, false),
                new Licence("Chatter Free", 5_000, false),
                new Licence("Customer Community", 10_000, true)));
        private final List<ProfileSeed> profiles = new ArrayList<>(List.of(
                new ProfileSeed("System Administrator", "Salesforce", true, true),
                new ProfileSeed("Standard User", "Salesforce", false, false),
                new ProfileSeed("Read Only", "Salesforce", false, false),
                new ProfileSeed("Standard Platform User", "Salesforce Platform", false, false),
                new ProfileSeed("Chatter Free User", "Chatter Free", false, false),
                new ProfileSeed("Customer Community User", "Customer Community", false, false),
                new ProfileSeed(INTEGRATION_PROFILE, "Salesforce Integration", false, true)));
        private final List<String> roles =
                new ArrayList<>(List.of("CEO", "Sales Director", "Sales Representative", "Service Agent"));
        private final List<PermissionSetSeed> permissionSets = new ArrayList<>(List.of(
                new PermissionSetSeed("Sales_Cloud", "Sales Cloud", Optional.of("Salesforce"), false),
                new PermissionSetSeed("Report_Reader", "Report Reader", Optional.empty(), false),
                new PermissionSetSeed("Full_Access", "Full Access", Optional.of("Salesforce"), true)));
        private final List<Licence> permissionSetLicences =
                new ArrayList<>(List.of(new Licence("SalesConsoleUser", 100, false)));
        private final List<PermissionSetGroupSeed> permissionSetGroups = new ArrayList<>();
        private final List<GroupSeed> groups = new ArrayList<>();
        private final Map<String, Integer> featureSeats = new HashMap<>();
        private final List<Field> customContactFields = new ArrayList<>();
        private final List<Field> customUserFields = new ArrayList<>(List.of(Field.externalId(ANCHOR_FIELD, 36)));
        private int dailyApiLimit = 1_000_000;
        private boolean emailChangeNeedsVerification = true;
        private Duration licenceFigureLag = Duration.ZERO;
        // Ten seconds: "Group Membership Locking" in Designing Record Access for Enterprise Scale.
        private Duration lockWait = Duration.ofSeconds(10);
        private Duration lockHold = Duration.ZERO;
        private Duration sessionTimeout = Duration.ofHours(2);
        private Clock clock = Clock.systemUTC();
        private SignInPolicy signIn = SignInPolicy.DEFAULT;
        private Usernames usernames = Usernames.OF_THIS_PROCESS;

        private Builder(String name) {
            this.name = name;
            String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            this.id = SalesforceId.of("00D", "dE0", Integer.toUnsignedLong(name.hashCode()));
            this.runAsUsername = "integration@" + slug + ".example";
            this.adminUsername = "admin@" + slug + ".example";
        }

        /** The org's own id: 15 or 18 characters that start with 00D. */
        public Builder id(String value) {
            id = SalesforceId.normalize(value).orElseThrow(() -> new IllegalArgumentException("not an org id"));
            return this;
        }

        /** For example "Enterprise Edition". */
        public Builder edition(String value) {
            edition = value;
            return this;
        }

        public Builder sandbox(boolean value) {
            sandbox = value;
            return this;
        }

        /** The consumer key and secret of the client that may sign in with client credentials. */
        public Builder client(String id, String secret) {
            clientId = id;
            clientSecret = secret;
            return this;
        }

        public Builder runAs(String username) {
            runAsUsername = username;
            return this;
        }

        public Builder admin(String username) {
            adminUsername = username;
            return this;
        }

        /** Sets the seats of a user licence, known or new. */
        public Builder seats(String licence, int total) {
            boolean external = licences.stream().anyMatch(l -> l.name().equals(licence) && l.external());
            licences.removeIf(l -> l.name().equals(licence));
            licences.add(new Licence(licence, total, external));
            return this;
        }

        public Builder profile(ProfileSeed profile) {
            profiles.removeIf(p -> p.name().equals(profile.name()));
            profiles.add(profile);
            return this;
        }

        public Builder role(String role) {
            roles.add(role);
            return this;
        }

        public Builder permissionSet(PermissionSetSeed permissionSet) {
            permissionSets.removeIf(p -> p.name().equals(permissionSet.name()));
            permissionSets.add(permissionSet);
            return this;
        }

        /** Sets the seats of a permission set licence, known or new. */
        public Builder permissionSetLicence(String licence, int total) {
            permissionSetLicences.removeIf(l -> l.name().equals(licence));
            permissionSetLicences.add(new Licence(licence, total, false));
            return this;
        }

        public Builder permissionSetGroup(String group, String... permissionSetNames) {
            permissionSetGroups.add(new PermissionSetGroupSeed(group, List.of(permissionSetNames)));
            return this;
        }

        public Builder publicGroup(String group) {
            groups.add(new GroupSeed(group, "Regular"));
            return this;
        }

        public Builder queue(String queue) {
            groups.add(new GroupSeed(queue, "Queue"));
            return this;
        }

        /** Limits a feature licence, for example UserPermissionsSFContentUser; without a limit there are enough. */
        public Builder featureSeats(String flag, int total) {
            featureSeats.put(flag, total);
            return this;
        }

        /** Adds a custom text field to User; its name ends in __c. */
        public Builder customUserText(String field, int length) {
            customUserFields.add(Schema.customText(field, length));
            return this;
        }

        /** Adds a custom external-id field (text, unique) to User; its name ends in __c. */
        public Builder customUserExternalId(String field, int length) {
            customUserFields.add(Field.externalId(field, length));
            return this;
        }

        /** Adds a custom external-id field (text, unique) to Contact; its name ends in __c. */
        public Builder customContactExternalId(String field, int length) {
            customContactFields.add(Field.externalId(field, length));
            return this;
        }

        /** Takes the custom fields away: an org nobody prepared. */
        public Builder noCustomUserFields() {
            customUserFields.clear();
            return this;
        }

        /** API calls in 24 hours. */
        public Builder dailyApiLimit(int calls) {
            dailyApiLimit = calls;
            return this;
        }

        public Builder emailChangeNeedsVerification(boolean value) {
            emailChangeNeedsVerification = value;
            return this;
        }

        public Builder licenceFigureLag(Duration value) {
            licenceFigureLag = value;
            return this;
        }

        /** How long a write waits for a lock; ten seconds in real orgs. */
        public Builder lockWait(Duration value) {
            lockWait = value;
            return this;
        }

        /** How long a write keeps its locks after its work. */
        public Builder lockHold(Duration value) {
            lockHold = value;
            return this;
        }

        public Builder sessionTimeout(Duration value) {
            sessionTimeout = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        public Builder signIn(SignInPolicy value) {
            signIn = value;
            return this;
        }

        /** Orgs that share a register can't hold the same username; by default all of one process. */
        public Builder usernames(Usernames value) {
            usernames = value;
            return this;
        }

        public OrgSettings build() {
            return new OrgSettings(
                    name,
                    id,
                    edition,
                    sandbox,
                    "CS42",
                    clientId,
                    clientSecret,
                    runAsUsername,
                    adminUsername,
                    licences,
                    profiles,
                    roles,
                    permissionSets,
                    permissionSetLicences,
                    permissionSetGroups,
                    groups,
                    featureSeats,
                    customUserFields,
                    customContactFields,
                    dailyApiLimit,
                    emailChangeNeedsVerification,
                    licenceFigureLag,
                    lockWait,
                    lockHold,
                    sessionTimeout,
                    clock,
                    signIn,
                    usernames);
        }
    }
}
