package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names one key of a Secret in the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeyRef(
        @JsonPropertyDescription("Name of the Secret, in the namespace of this resource.")
        @Required
        @Pattern(Bounds.NAME)
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Key inside the Secret whose value is used.")
        @Required
        @Pattern(Bounds.SECRET_KEY)
        @Size(min = 1, max = 253)
        String key) {

    public SecretKeyRef {
        name = Given.or(name, "");
        key = Given.or(key, "");
    }
}
