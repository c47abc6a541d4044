package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One way to recognise an existing Salesforce user at first contact. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MatchingRule(
        @JsonPropertyDescription("Salesforce field that is compared, ignoring case.")
        @Required
        @Pattern(Bounds.FIELD)
        @Size(min = 1, max = 80)
        String field,

        @JsonPropertyDescription("CEL expression whose value the field must equal; no value: this rule does not match.")
        @Required
        @Size(min = 1, max = 4096)
        String expression) {

    public MatchingRule {
        field = Given.or(field, "");
        expression = Given.or(expression, "");
    }
}
