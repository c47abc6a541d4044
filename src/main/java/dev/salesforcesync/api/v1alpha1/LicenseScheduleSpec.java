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

/** When licences are taken from people who do not need them, and given back. */
@ValidationRule(value = "has(self.revoke) || has(self.reinstate)", message = "revoke or reinstate must be given")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LicenseScheduleSpec(
        @JsonPropertyDescription("The SyncPolicy whose people this schedule is about, in the same namespace.") @Required
        LocalRef policyRef,

        @JsonPropertyDescription(
                "Preview (publish what would be done), Approve (every run waits until it is approved) or "
                        + "Enforce (only what is above the limit waits). Default Preview.")
        @Default("Preview")
        Mode mode,

        @JsonPropertyDescription("Stops this schedule; seats taken stay taken. Default false.") @Default("false")
        Boolean suspend,

        @JsonPropertyDescription(
                "IANA time zone in which the schedules are read, for example Europe/Berlin. Default UTC.")
        @Pattern(Bounds.TIME_ZONE)
        @Size(min = 1, max = 64)
        @Default("UTC")
        String timeZone,

        @JsonPropertyDescription("When, why and how seats are taken. Omitted: none are.") @Nullable
        RevokeSpec revoke,

        @JsonPropertyDescription("When and to whom seats are given back. Omitted: none are.") @Nullable
        ReinstateSpec reinstate,

        @JsonPropertyDescription("Whose seat is never taken.") @Default("{}")
        ExemptSpec exempt,

        @JsonPropertyDescription(
                "Hashes of held runs a person has looked at and releases. Each releases exactly that run, once.")
        @Size(max = 20)
        List<@Pattern(Bounds.TOKEN) @Size(min = 1, max = 128) String> approve,

        @JsonPropertyDescription(
                "What becomes of seats taken when this schedule is deleted: Retain (they stay taken) or "
                        + "Reinstate (they are given back). Default Retain.")
        @Default("Retain")
        DeletionPolicy deletionPolicy) {

    public LicenseScheduleSpec {
        policyRef = Given.or(policyRef, LocalRef.class);
        mode = Given.or(mode, Mode.PREVIEW);
        suspend = Given.or(suspend, false);
        timeZone = Given.or(timeZone, "UTC");
        exempt = Given.or(exempt, ExemptSpec.class);
        approve = Given.list(approve);
        deletionPolicy = Given.or(deletionPolicy, DeletionPolicy.RETAIN);
    }

    /** The component {@code revoke}, if it is given. */
    public Optional<RevokeSpec> findRevoke() {
        return Optional.ofNullable(revoke);
    }

    /** The component {@code reinstate}, if it is given. */
    public Optional<ReinstateSpec> findReinstate() {
        return Optional.ofNullable(reinstate);
    }

    /** What a deleted schedule leaves behind. */
    public enum DeletionPolicy {
        /** Seats stay taken. */
        @JsonProperty("Retain")
        RETAIN,

        /** Seats are given back. */
        @JsonProperty("Reinstate")
        REINSTATE,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static DeletionPolicy of(String text) {
            return Given.choice(DeletionPolicy.class, text).orElse(UNRECOGNIZED);
        }
    }
}
