package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When, why and how seats are taken. */
@ValidationRule(
        value = "self.reasons.all(reason, self.reasons.exists_one(other, other.type == reason.type))",
        message = "reasons must not name a type twice",
        fieldPath = ".reasons")
@ValidationRule(
        value = "self.steps.all(step, self.steps.exists_one(other, other.action == step.action))",
        message = "steps must not name an action twice",
        fieldPath = ".steps")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RevokeSpec(
        @JsonPropertyDescription(
                "When seats are taken: a cron expression of five fields (minute, hour, day of month, month, "
                        + "day of week) in the time zone of this schedule.")
        @Required
        @Pattern(Bounds.CRON)
        @Size(min = 9, max = 100)
        String schedule,

        @JsonPropertyDescription("Why a seat is taken: at least one must hold.") @Required @Size(min = 1, max = 6)
        List<Reason> reasons,

        @JsonPropertyDescription("What is done, in this order, each a while after the reason began to hold.")
        @Required
        @Size(min = 1, max = 4)
        List<Step> steps,

        @JsonPropertyDescription(
                "How many seats one run may take; what is above waits for approval. Default 5 percent, 50 users.")
        @Default("{\"percent\":5,\"count\":50}")
        Limit limit) {

    public RevokeSpec {
        schedule = Given.or(schedule, "");
        reasons = Given.list(reasons);
        steps = Given.list(steps);
        limit = Given.or(limit, new Limit(5, 50));
    }

    /** One reason to take a seat. */
    @ValidationRule(
            value = "self.type != 'Inactive' || self.after.contains('d') || duration(self.after) >= duration('24h')",
            message = "after must be at least 1d when type is Inactive",
            fieldPath = ".after")
    @ValidationRule(
            value = "!has(self.activity) || self.type == 'Inactive'",
            message = "activity may be given only when type is Inactive",
            fieldPath = ".activity")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Reason(
            @JsonPropertyDescription(
                    "Inactive, LockedOut, PasswordExpired, AccountDisabled, AccountExpired or Deleted.")
            @Required
            LicenseReason type,

            @JsonPropertyDescription(
                    "How long the reason must have held. Default 0s, at once; for Inactive it must be at least 1d.")
            @Pattern(Bounds.DURATION)
            @Size(min = 2, max = 20)
            @Default("0s")
            String after,

            @JsonPropertyDescription(
                    "Which sign of life counts for Inactive: Salesforce (sign-in there), Directory (sign-in to "
                            + "the domain) or Either. Omitted: Either.")
            @Nullable
            Activity activity) {

        public Reason {
            type = Given.or(type, LicenseReason.UNRECOGNIZED);
            after = Given.or(after, "0s");
        }

        /** The component {@code activity}, if it is given. */
        public Optional<Activity> findActivity() {
            return Optional.ofNullable(activity);
        }

        /** Which sign of life counts. */
        public enum Activity {
            /** Sign-in to Salesforce. */
            @JsonProperty("Salesforce")
            SALESFORCE,

            /** Sign-in to the domain. */
            @JsonProperty("Directory")
            DIRECTORY,

            /** The later of both. */
            @JsonProperty("Either")
            EITHER,

            /** A value this version does not know, see {@link Unrecognized}. */
            @JsonProperty("Unrecognized")
            UNRECOGNIZED;

            @JsonCreator
            static Activity of(String text) {
                return Given.choice(Activity.class, text).orElse(UNRECOGNIZED);
            }
        }
    }

    /** One step of taking a seat. */
    @ValidationRule(
            value = "has(self.profile) == (self.action == 'ChangeProfile')",
            message = "profile must be given when action is ChangeProfile, and only then",
            fieldPath = ".profile")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(
            @JsonPropertyDescription(
                    "Freeze (no sign-in, keeps the licence), ChangeProfile (move to a cheaper licence), "
                            + "RemovePermissionSetLicenses or Deactivate (frees the licence).")
            @Required
            Action action,

            @JsonPropertyDescription(
                    "Time since the reason was first seen to hold after which this step is done. Default 0s.")
            @Pattern(Bounds.DURATION)
            @Size(min = 2, max = 20)
            @Default("0s")
            String after,

            @JsonPropertyDescription("Name of the profile to move to; only for ChangeProfile.")
            @Size(min = 1, max = 255)
            @Nullable
            String profile) {

        public Step {
            action = Given.or(action, Action.UNRECOGNIZED);
            after = Given.or(after, "0s");
        }

        /** The component {@code profile}, if it is given. */
        public Optional<String> findProfile() {
            return Optional.ofNullable(profile);
        }

        /** What is done to a user. */
        public enum Action {
            /** No sign-in, the licence stays taken. */
            @JsonProperty("Freeze")
            FREEZE,

            /** Moved to another profile. */
            @JsonProperty("ChangeProfile")
            CHANGE_PROFILE,

            /** Permission-set licences are freed. */
            @JsonProperty("RemovePermissionSetLicenses")
            REMOVE_PERMISSION_SET_LICENSES,

            /** No sign-in, the licence is freed. */
            @JsonProperty("Deactivate")
            DEACTIVATE,

            /** A value this version does not know, see {@link Unrecognized}. */
            @JsonProperty("Unrecognized")
            UNRECOGNIZED;

            @JsonCreator
            static Action of(String text) {
                return Given.choice(Action.class, text).orElse(UNRECOGNIZED);
            }
        }
    }
}
