package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Salesforce users the operator never changes, whatever a policy says. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProtectedUsers(
        @JsonPropertyDescription(
                "Salesforce usernames that are never changed. The integration user itself is always protected.")
        @Size(max = 200)
        List<@Size(min = 1, max = 80) String> usernames,

        @JsonPropertyDescription("Names of profiles whose users are never changed.") @Size(max = 100)
        List<@Size(min = 1, max = 255) String> profiles,

        @JsonPropertyDescription("API names of permission sets whose holders are never changed.") @Size(max = 100)
        List<@Size(min = 1, max = 80) String> permissionSets) {

    public ProtectedUsers {
        usernames = Given.list(usernames);
        profiles = Given.list(profiles);
        permissionSets = Given.list(permissionSets);
    }
}
