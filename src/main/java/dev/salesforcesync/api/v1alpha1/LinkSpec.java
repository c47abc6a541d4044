package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A person and a Salesforce user linked by hand. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LinkSpec(
        @JsonPropertyDescription("objectGUID of the person, in the usual notation with hyphens.")
        @Required
        @Pattern(Bounds.GUID)
        @Size(min = 36, max = 36)
        String objectGUID,

        @JsonPropertyDescription("Username of the Salesforce user this person is.") @Required @Size(min = 3, max = 80)
        String username) {

    public LinkSpec {
        objectGUID = Given.or(objectGUID, "");
        username = Given.or(username, "");
    }
}
