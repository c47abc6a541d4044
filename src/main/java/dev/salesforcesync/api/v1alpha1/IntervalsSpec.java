package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How often the operator looks without being told. */
@ValidationRule(
        value = "self.salesforcePoll.contains('d') || duration(self.salesforcePoll) >= duration('10s')",
        message = "salesforcePoll must be at least 10s",
        fieldPath = ".salesforcePoll")
@ValidationRule(
        value = "self.fullComparison.contains('d') || duration(self.fullComparison) >= duration('1m')",
        message = "fullComparison must be at least 1m",
        fieldPath = ".fullComparison")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IntervalsSpec(
        @JsonPropertyDescription(
                "Time between two questions to Salesforce for users somebody else changed. Default 1m, at least 10s.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("1m")
        String salesforcePoll,

        @JsonPropertyDescription(
                "Time between two complete comparisons of directory and org, which repair what was missed. "
                        + "Default 6h, at least 1m.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("6h")
        String fullComparison) {

    public IntervalsSpec {
        salesforcePoll = Given.or(salesforcePoll, "1m");
        fullComparison = Given.or(fullComparison, "6h");
    }
}
