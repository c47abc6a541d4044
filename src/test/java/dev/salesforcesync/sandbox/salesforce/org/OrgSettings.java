package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
 * @param passwords what a password must be like
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
        PasswordPolicy passwords,
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
    public record PermissionSetSeed(
            String name, String label, Optional<String> licence, boolean privileged, boolean singleSignOn) {
        /** One whose holders sign in here. */
        public PermissionSetSeed(String name, String label, Optional<String> licence, boolean privileged) {
            this(name, label, licence, privileged, false);
        }
    }

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
    public static OrgSettingsBuilder builder(String name) {
        return new OrgSettingsBuilder(name);
    }
}
