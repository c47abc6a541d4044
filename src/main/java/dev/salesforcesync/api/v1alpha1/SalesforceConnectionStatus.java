package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was last seen of one Salesforce org. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SalesforceConnectionStatus(
        @JsonPropertyDescription("Generation of the spec this status describes.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("What is true of this resource: Ready, Reconciling, Stalled, CredentialsValid, "
                + "PermissionsSufficient, ApiBudgetAvailable.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The org behind the connection.") @Nullable
        Organization organization,

        @JsonPropertyDescription("The integration user the operator acts as.") @Nullable
        RunningUser runningUser,

        @JsonPropertyDescription("Daily API calls of the org.") @Nullable
        ApiUsage apiUsage,

        @JsonPropertyDescription("User licences and permission-set licences with their seats.") @Size(max = 100)
        List<License> licenses,

        @JsonPropertyDescription("Profiles found in the org.") @Nullable
        Profiles profiles,

        @JsonPropertyDescription("Credentials that Salesforce refused within the last hour; three refusals end the "
                + "trying for an hour or until the Secret changes, whichever process counts them.")
        @Nullable
        RefusedCredentials refusedCredentials) {

    public SalesforceConnectionStatus {
        conditions = Given.list(conditions);
        licenses = Given.list(licenses);
    }

    /** The component {@code observedGeneration}, if it is given. */
    public Optional<Long> findObservedGeneration() {
        return Optional.ofNullable(observedGeneration);
    }

    /** The component {@code organization}, if it is given. */
    public Optional<Organization> findOrganization() {
        return Optional.ofNullable(organization);
    }

    /** The component {@code runningUser}, if it is given. */
    public Optional<RunningUser> findRunningUser() {
        return Optional.ofNullable(runningUser);
    }

    /** The component {@code apiUsage}, if it is given. */
    public Optional<ApiUsage> findApiUsage() {
        return Optional.ofNullable(apiUsage);
    }

    /** The component {@code profiles}, if it is given. */
    public Optional<Profiles> findProfiles() {
        return Optional.ofNullable(profiles);
    }

    /** The component {@code refusedCredentials}, if it is given. */
    public Optional<RefusedCredentials> findRefusedCredentials() {
        return Optional.ofNullable(refusedCredentials);
    }

    /** The status before anything was seen. */
    public static SalesforceConnectionStatus empty() {
        return Given.defaults(SalesforceConnectionStatus.class);
    }

    /** The org behind the connection. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Organization(
            @JsonPropertyDescription("Salesforce id of the org.") @Size(max = 18) @Nullable
            String id,

            @JsonPropertyDescription("Name of the org.") @Size(max = 255) @Nullable
            String name,

            @JsonPropertyDescription("Edition, for example Enterprise Edition.") @Size(max = 255) @Nullable
            String edition,

            @JsonPropertyDescription("Whether the org is a sandbox.") @Nullable
            Boolean sandbox,

            @JsonPropertyDescription("Salesforce instance the org runs on, for example EU42.")
            @Size(max = 255)
            @Nullable
            String instance) {

        /** The component {@code id}, if it is given. */
        public Optional<String> findId() {
            return Optional.ofNullable(id);
        }

        /** The component {@code name}, if it is given. */
        public Optional<String> findName() {
            return Optional.ofNullable(name);
        }

        /** The component {@code edition}, if it is given. */
        public Optional<String> findEdition() {
            return Optional.ofNullable(edition);
        }

        /** The component {@code sandbox}, if it is given. */
        public Optional<Boolean> findSandbox() {
            return Optional.ofNullable(sandbox);
        }

        /** The component {@code instance}, if it is given. */
        public Optional<String> findInstance() {
            return Optional.ofNullable(instance);
        }
    }

    /** The integration user the operator acts as. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RunningUser(
            @JsonPropertyDescription("Salesforce id of the integration user.") @Size(max = 18) @Nullable
            String id,

            @JsonPropertyDescription("Username of the integration user.") @Size(max = 80) @Nullable
            String username,

            @JsonPropertyDescription("Profile of the integration user.") @Size(max = 255) @Nullable
            String profile) {

        /** The component {@code id}, if it is given. */
        public Optional<String> findId() {
            return Optional.ofNullable(id);
        }

        /** The component {@code username}, if it is given. */
        public Optional<String> findUsername() {
            return Optional.ofNullable(username);
        }

        /** The component {@code profile}, if it is given. */
        public Optional<String> findProfile() {
            return Optional.ofNullable(profile);
        }
    }

    /** Daily API calls. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ApiUsage(
            @JsonPropertyDescription("API calls the whole org made in the last 24 hours.")
            @Min(0)
            @Max(9007199254740991L)
            @Nullable
            Long used,

            @JsonPropertyDescription("API calls the org may make in 24 hours.")
            @Min(0)
            @Max(9007199254740991L)
            @Nullable
            Long limit,

            @JsonPropertyDescription("When this was seen (RFC 3339).") @Size(max = 64) @Pattern(Bounds.TIME) @Nullable
            String observedTime) {

        /** The component {@code used}, if it is given. */
        public Optional<Long> findUsed() {
            return Optional.ofNullable(used);
        }

        /** The component {@code limit}, if it is given. */
        public Optional<Long> findLimit() {
            return Optional.ofNullable(limit);
        }

        /** The component {@code observedTime}, if it is given. */
        public Optional<String> findObservedTime() {
            return Optional.ofNullable(observedTime);
        }
    }

    /** Seats of one licence. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record License(
            @JsonPropertyDescription("Name of the licence.") @Required @Size(min = 1, max = 255)
            String name,

            @JsonPropertyDescription("User or PermissionSet licence.") @Nullable
            Type type,

            @JsonPropertyDescription("Seats bought.") @Min(0) @Max(2147483647) @Nullable
            Integer total,

            @JsonPropertyDescription("Seats taken.") @Min(0) @Max(2147483647) @Nullable
            Integer used,

            @JsonPropertyDescription("Seats left.") @Min(0) @Max(2147483647) @Nullable
            Integer free) {

        public License {
            name = Given.or(name, "");
        }

        /** The component {@code type}, if it is given. */
        public Optional<Type> findType() {
            return Optional.ofNullable(type);
        }

        /** The component {@code total}, if it is given. */
        public Optional<Integer> findTotal() {
            return Optional.ofNullable(total);
        }

        /** The component {@code used}, if it is given. */
        public Optional<Integer> findUsed() {
            return Optional.ofNullable(used);
        }

        /** The component {@code free}, if it is given. */
        public Optional<Integer> findFree() {
            return Optional.ofNullable(free);
        }

        /** What kind of seat. */
        public enum Type {
            /** A user licence. */
            @JsonProperty("User")
            USER,

            /** A permission-set licence. */
            @JsonProperty("PermissionSet")
            PERMISSION_SET,

            /** A value this version does not know, see {@link Unrecognized}. */
            @JsonProperty("Unrecognized")
            UNRECOGNIZED;

            @JsonCreator
            static Type of(String text) {
                return Given.choice(Type.class, text).orElse(UNRECOGNIZED);
            }
        }
    }

    /** Profiles found in the org. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Profiles(
            @JsonPropertyDescription("Number of profiles in the org.") @Min(0) @Max(2147483647) @Nullable
            Integer count,

            @JsonPropertyDescription("Names of the profiles, the first 100 in alphabetical order.") @Size(max = 100)
            List<@Size(min = 1, max = 255) String> names) {

        public Profiles {
            names = Given.list(names);
        }

        /** The component {@code count}, if it is given. */
        public Optional<Integer> findCount() {
            return Optional.ofNullable(count);
        }
    }

    /** Credentials that Salesforce refused. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RefusedCredentials(
            @JsonPropertyDescription("Which versions of which Secrets they are from.") @Size(max = 4096)
            String secrets,

            @JsonPropertyDescription("When they were refused (RFC 3339).") @Size(max = 10)
            List<@Size(max = 64) String> times,

            @JsonPropertyDescription("Reason of the newest refusal.") @Size(max = 128)
            String reason,

            @JsonPropertyDescription("What to do about it.") @Size(max = 1024)
            String message) {

        public RefusedCredentials {
            secrets = Given.or(secrets, "");
            times = Given.list(times);
            reason = Given.or(reason, "");
            message = Given.or(message, "");
        }
    }
}
