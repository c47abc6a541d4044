package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Collects the settings of a new org; each has a default that does for most. */
public final class OrgSettingsBuilder {
    private final String name;
    private String id;
    private String edition = "Enterprise Edition";
    private boolean sandbox = true;
    private String clientId = "sandbox-client";
    private String clientSecret = "sandbox-secret";
    private String runAsUsername;
    private String adminUsername;
    private final List<OrgSettings.Licence> licences = new ArrayList<>(List.of(
            new OrgSettings.Licence("Salesforce", 100_000, false),
            new OrgSettings.Licence("Salesforce Platform", 100_000, false),
            new OrgSettings.Licence("Salesforce Integration", 5, false),
            new OrgSettings.Licence("Chatter Free", 5_000, false),
            new OrgSettings.Licence("Customer Community", 10_000, true)));
    private final List<OrgSettings.ProfileSeed> profiles = new ArrayList<>(List.of(
            new OrgSettings.ProfileSeed("System Administrator", "Salesforce", true, true),
            new OrgSettings.ProfileSeed("Standard User", "Salesforce", false, false),
            new OrgSettings.ProfileSeed("Read Only", "Salesforce", false, false),
            new OrgSettings.ProfileSeed("Standard Platform User", "Salesforce Platform", false, false),
            new OrgSettings.ProfileSeed("Chatter Free User", "Chatter Free", false, false),
            new OrgSettings.ProfileSeed("Customer Community User", "Customer Community", false, false),
            new OrgSettings.ProfileSeed(OrgSettings.INTEGRATION_PROFILE, "Salesforce Integration", false, true)));
    private final List<String> roles =
            new ArrayList<>(List.of("CEO", "Sales Director", "Sales Representative", "Service Agent"));
    private final List<OrgSettings.PermissionSetSeed> permissionSets = new ArrayList<>(List.of(
            new OrgSettings.PermissionSetSeed("Sales_Cloud", "Sales Cloud", Optional.of("Salesforce"), false),
            new OrgSettings.PermissionSetSeed("Report_Reader", "Report Reader", Optional.empty(), false),
            new OrgSettings.PermissionSetSeed("Full_Access", "Full Access", Optional.of("Salesforce"), true)));
    private final List<OrgSettings.Licence> permissionSetLicences =
            new ArrayList<>(List.of(new OrgSettings.Licence("SalesConsoleUser", 100, false)));
    private final List<OrgSettings.PermissionSetGroupSeed> permissionSetGroups = new ArrayList<>(
            List.of(new OrgSettings.PermissionSetGroupSeed("Sales_Bundle", List.of("Sales_Cloud", "Report_Reader"))));
    private final List<OrgSettings.GroupSeed> groups = new ArrayList<>(
            List.of(new OrgSettings.GroupSeed("Sales Team", "Regular"), new OrgSettings.GroupSeed("Support", "Queue")));
    private final Map<String, Integer> featureSeats = new HashMap<>();
    private final List<Field> customContactFields = new ArrayList<>();
    private final List<Field> customUserFields =
            new ArrayList<>(List.of(Field.externalId(OrgSettings.ANCHOR_FIELD, 36)));
    private int dailyApiLimit = 1_000_000;
    private boolean emailChangeNeedsVerification = true;
    private Duration licenceFigureLag = Duration.ZERO;
    // Ten seconds: "Group Membership Locking" in Designing Record Access for Enterprise Scale.
    private Duration lockWait = Duration.ofSeconds(10);
    private Duration lockHold = Duration.ZERO;
    private Duration sessionTimeout = Duration.ofHours(2);
    private Clock clock = new SkewedClock(Clock.systemUTC());
    private SignInPolicy signIn = SignInPolicy.DEFAULT;
    private PasswordPolicy passwords = PasswordPolicy.DEFAULT;
    private Usernames usernames = Usernames.OF_THIS_PROCESS;

    OrgSettingsBuilder(String name) {
        this.name = name;
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        this.id = SalesforceId.of("00D", "dE0", Integer.toUnsignedLong(name.hashCode()));
        this.runAsUsername = "integration@" + slug + ".example";
        this.adminUsername = "admin@" + slug + ".example";
    }

    /** The org's own id: 15 or 18 characters that start with 00D. */
    public OrgSettingsBuilder id(String value) {
        id = SalesforceId.normalize(value).orElseThrow(() -> new IllegalArgumentException("not an org id"));
        return this;
    }

    /** For example "Enterprise Edition". */
    public OrgSettingsBuilder edition(String value) {
        edition = value;
        return this;
    }

    public OrgSettingsBuilder sandbox(boolean value) {
        sandbox = value;
        return this;
    }

    /** The consumer key and secret of the client that may sign in with client credentials. */
    public OrgSettingsBuilder client(String id, String secret) {
        clientId = id;
        clientSecret = secret;
        return this;
    }

    public OrgSettingsBuilder runAs(String username) {
        runAsUsername = username;
        return this;
    }

    public OrgSettingsBuilder admin(String username) {
        adminUsername = username;
        return this;
    }

    /** Sets the seats of a user licence, known or new. */
    public OrgSettingsBuilder seats(String licence, int total) {
        boolean external = licences.stream().anyMatch(l -> l.name().equals(licence) && l.external());
        licences.removeIf(l -> l.name().equals(licence));
        licences.add(new OrgSettings.Licence(licence, total, external));
        return this;
    }

    public OrgSettingsBuilder profile(OrgSettings.ProfileSeed profile) {
        profiles.removeIf(p -> p.name().equals(profile.name()));
        profiles.add(profile);
        return this;
    }

    public OrgSettingsBuilder role(String role) {
        roles.add(role);
        return this;
    }

    public OrgSettingsBuilder permissionSet(OrgSettings.PermissionSetSeed permissionSet) {
        permissionSets.removeIf(p -> p.name().equals(permissionSet.name()));
        permissionSets.add(permissionSet);
        return this;
    }

    /** Sets the seats of a permission set licence, known or new. */
    public OrgSettingsBuilder permissionSetLicence(String licence, int total) {
        permissionSetLicences.removeIf(l -> l.name().equals(licence));
        permissionSetLicences.add(new OrgSettings.Licence(licence, total, false));
        return this;
    }

    public OrgSettingsBuilder permissionSetGroup(String group, String... permissionSetNames) {
        permissionSetGroups.add(new OrgSettings.PermissionSetGroupSeed(group, List.of(permissionSetNames)));
        return this;
    }

    public OrgSettingsBuilder publicGroup(String group) {
        groups.add(new OrgSettings.GroupSeed(group, "Regular"));
        return this;
    }

    public OrgSettingsBuilder queue(String queue) {
        groups.add(new OrgSettings.GroupSeed(queue, "Queue"));
        return this;
    }

    /** Limits a feature licence, for example UserPermissionsSFContentUser; without a limit there are enough. */
    public OrgSettingsBuilder featureSeats(String flag, int total) {
        featureSeats.put(flag, total);
        return this;
    }

    /** Adds a custom text field to User; its name ends in __c. */
    public OrgSettingsBuilder customUserText(String field, int length) {
        customUserFields.add(Schema.customText(field, length));
        return this;
    }

    /** Adds a custom external-id field (text, unique) to User; its name ends in __c. */
    public OrgSettingsBuilder customUserExternalId(String field, int length) {
        customUserFields.add(Field.externalId(field, length));
        return this;
    }

    /** Adds a custom external-id field (text, unique) to Contact; its name ends in __c. */
    public OrgSettingsBuilder customContactExternalId(String field, int length) {
        customContactFields.add(Field.externalId(field, length));
        return this;
    }

    /** Takes the custom fields away: an org nobody prepared. */
    public OrgSettingsBuilder noCustomUserFields() {
        customUserFields.clear();
        return this;
    }

    /** API calls in 24 hours. */
    public OrgSettingsBuilder dailyApiLimit(int calls) {
        dailyApiLimit = calls;
        return this;
    }

    public OrgSettingsBuilder emailChangeNeedsVerification(boolean value) {
        emailChangeNeedsVerification = value;
        return this;
    }

    public OrgSettingsBuilder licenceFigureLag(Duration value) {
        licenceFigureLag = value;
        return this;
    }

    /** How long a write waits for a lock; ten seconds in real orgs. */
    public OrgSettingsBuilder lockWait(Duration value) {
        lockWait = value;
        return this;
    }

    /** How long a write keeps its locks after its work. */
    public OrgSettingsBuilder lockHold(Duration value) {
        lockHold = value;
        return this;
    }

    public OrgSettingsBuilder sessionTimeout(Duration value) {
        sessionTimeout = value;
        return this;
    }

    public OrgSettingsBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    public OrgSettingsBuilder signIn(SignInPolicy value) {
        signIn = value;
        return this;
    }

    public OrgSettingsBuilder passwords(PasswordPolicy value) {
        passwords = value;
        return this;
    }

    /** Orgs that share a register can't hold the same username; by default all of one process. */
    public OrgSettingsBuilder usernames(Usernames value) {
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
                passwords,
                usernames);
    }
}
