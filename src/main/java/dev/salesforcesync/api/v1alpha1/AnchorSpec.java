package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where the link between a person and a Salesforce user is kept in Salesforce. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AnchorSpec(
        @JsonPropertyDescription(
                "Name of the external-id field of the target that holds the objectGUID, for example AD_ObjectGuid__c.")
        @Required
        @Pattern(Bounds.FIELD)
        @Size(min = 1, max = 80)
        String field) {

    public AnchorSpec {
        field = Given.or(field, "");
    }
}
