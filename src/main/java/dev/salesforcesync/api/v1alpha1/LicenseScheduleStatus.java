package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was last seen and done for one licence schedule. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LicenseScheduleStatus(
        @JsonPropertyDescription("Generation of the spec this status describes.")
        @Min(0)
        @Max(9007199254740991L)
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("What is true of this resource: Ready, Reconciling, Stalled, PlanHeld.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("Seats taken and not given back yet.") @Nullable
        Revoked revoked,

        @JsonPropertyDescription("People whose seat should be given back while none is free.")
        @Min(0)
        @Max(2147483647)
        @Nullable
        Integer waitingForSeat,

        @JsonPropertyDescription("Free seats by licence.") @Size(max = 100)
        List<Seat> seats,

        @JsonPropertyDescription("When seats were last taken (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String lastRevokeTime,

        @JsonPropertyDescription("When seats are taken next (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String nextRevokeTime,

        @JsonPropertyDescription("When seats are given back next (RFC 3339).")
        @Size(max = 64)
        @Pattern(Bounds.TIME)
        @Nullable
        String nextReinstateTime) {

    public LicenseScheduleStatus {
        conditions = Given.list(conditions);
        seats = Given.list(seats);
    }

    /** The component {@code observedGeneration}, if it is given. */
    public Optional<Long> findObservedGeneration() {
        return Optional.ofNullable(observedGeneration);
    }

    /** The component {@code revoked}, if it is given. */
    public Optional<Revoked> findRevoked() {
        return Optional.ofNullable(revoked);
    }

    /** The component {@code waitingForSeat}, if it is given. */
    public Optional<Integer> findWaitingForSeat() {
        return Optional.ofNullable(waitingForSeat);
    }

    /** The component {@code lastRevokeTime}, if it is given. */
    public Optional<String> findLastRevokeTime() {
        return Optional.ofNullable(lastRevokeTime);
    }

    /** The component {@code nextRevokeTime}, if it is given. */
    public Optional<String> findNextRevokeTime() {
        return Optional.ofNullable(nextRevokeTime);
    }

    /** The component {@code nextReinstateTime}, if it is given. */
    public Optional<String> findNextReinstateTime() {
        return Optional.ofNullable(nextReinstateTime);
    }

    /** The status before anything was seen. */
    public static LicenseScheduleStatus empty() {
        return Given.defaults(LicenseScheduleStatus.class);
    }

    /** Seats taken and not given back yet. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Revoked(
            @JsonPropertyDescription("Users whose seat is taken.") @Min(0) @Max(2147483647) @Nullable
            Integer count,

            @JsonPropertyDescription("The same by reason.") @Size(max = 16)
            Map<String, @Min(0) @Max(2147483647) Integer> byReason) {

        public Revoked {
            byReason = Given.map(byReason);
        }

        /** The component {@code count}, if it is given. */
        public Optional<Integer> findCount() {
            return Optional.ofNullable(count);
        }
    }

    /** Free seats of one licence. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Seat(
            @JsonPropertyDescription("Name of the licence.") @Required @Size(min = 1, max = 255)
            String name,

            @JsonPropertyDescription("Seats left.") @Min(0) @Max(2147483647) @Nullable
            Integer free) {

        public Seat {
            name = Given.or(name, "");
        }

        /** The component {@code free}, if it is given. */
        public Optional<Integer> findFree() {
            return Optional.ofNullable(free);
        }
    }
}
