package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much of the org's API the operator may use. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApiBudget(
        @JsonPropertyDescription(
                "Share in percent of the org's daily API calls that the operator never exceeds. Its last tenth is "
                        + "kept for taking access from leavers. Default 50.")
        @Min(1)
        @Max(100)
        @Default("50")
        Integer dailyShare,

        @JsonPropertyDescription(
                "Number of daily API calls that are always left for others: the operator stops when fewer "
                        + "remain. Default 2000.")
        @Min(0)
        @Max(10000000)
        @Default("2000")
        Integer reserve,

        @JsonPropertyDescription("Number of requests in flight at the same time. Default 4; Salesforce allows 25 "
                + "long-running ones per org.")
        @Min(1)
        @Max(25)
        @Default("4")
        Integer maxConcurrentRequests) {

    public ApiBudget {
        dailyShare = Given.or(dailyShare, 50);
        reserve = Given.or(reserve, 2000);
        maxConcurrentRequests = Given.or(maxConcurrentRequests, 4);
    }
}
