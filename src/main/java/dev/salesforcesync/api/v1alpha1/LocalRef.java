package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names another object in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LocalRef(
        @JsonPropertyDescription("Name of the object, in the namespace of this resource.")
        @Required
        @Pattern(Bounds.NAME)
        @Size(min = 1, max = 253)
        String name) {

    public LocalRef {
        name = Given.or(name, "");
    }
}
