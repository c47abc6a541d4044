package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When and to whom seats are given back. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReinstateSpec(
        @JsonPropertyDescription(
                "When seats are given back: a cron expression of five fields in the time zone of this schedule.")
        @Required
        @Pattern(Bounds.CRON)
        @Size(min = 9, max = 100)
        String schedule,

        @JsonPropertyDescription("Reasons whose end gives the seat back, each on its own. Empty: none, seats are "
                + "given back on request only.")
        @Size(max = 6)
        List<LicenseReason> reasons,

        @JsonPropertyDescription("How long the reason must have been over. Default 10m.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("10m")
        String stableFor,

        @JsonPropertyDescription(
                "Whose turn is first when seats are short: members of the first group, then of the second, and so on.")
        @Size(max = 50)
        List<Priority> priority,

        @JsonPropertyDescription("Lets people ask for their seat back. Omitted: they can not.") @Nullable
        OnRequest onRequest) {

    public ReinstateSpec {
        schedule = Given.or(schedule, "");
        reasons = Given.list(reasons);
        stableFor = Given.or(stableFor, "10m");
        priority = Given.list(priority);
    }

    /** The component {@code onRequest}, if it is given. */
    public Optional<OnRequest> findOnRequest() {
        return Optional.ofNullable(onRequest);
    }

    /** One group in the order of turns. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Priority(
            @JsonPropertyDescription(
                    "Directory group by distinguished name or common name; members of nested groups count.")
            @Required
            @Size(min = 1, max = 1024)
            String group) {

        public Priority {
            group = Given.or(group, "");
        }
    }

    /** How an inactive person asks for the seat. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OnRequest(
            @JsonPropertyDescription(
                    "Directory group by distinguished name or common name: joining it asks for the seat.")
            @Required
            @Size(min = 1, max = 1024)
            String group) {

        public OnRequest {
            group = Given.or(group, "");
        }
    }
}
