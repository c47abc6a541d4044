package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What policies on this connection may grant. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Grantable(
        @JsonPropertyDescription(
                "Names of the profiles that policies may grant. Empty: every profile without administrative "
                        + "permissions; a privileged one is granted only if it is named here.")
        @Size(max = 200)
        List<@Size(min = 1, max = 255) String> profiles,

        @JsonPropertyDescription(
                "API names of the permission sets and permission-set groups that policies may grant. Empty: every one without "
                        + "administrative permissions; a privileged one is granted only if it is named here.")
        @Size(max = 500)
        List<@Size(min = 1, max = 80) String> permissionSets) {

    public Grantable {
        profiles = Given.list(profiles);
        permissionSets = Given.list(permissionSets);
    }
}
