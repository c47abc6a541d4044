package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** How much may happen before a person has to look: the lower of a share and a number. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Limit(
        @JsonPropertyDescription("Share in percent of the linked active users.") @Required @Min(1) @Max(100)
        Integer percent,

        @JsonPropertyDescription("Number of users.") @Required @Min(1) @Max(1000000)
        Integer count) {

    public Limit {
        percent = Given.or(percent, 1);
        count = Given.or(count, 1);
    }
}
