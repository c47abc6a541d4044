package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How usernames, unique in all of Salesforce, are found. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UsernamesSpec(
        @JsonPropertyDescription("CEL expressions tried in this order until one gives a username nobody has, in this "
                + "org, among those who join with him, or in any other org; the suffix of the connection is "
                + "org.?usernameSuffix. An expression without a value is passed over. Empty: the user principal name "
                + "in lower case with that suffix.")
        @Size(max = 10)
        List<@Size(min = 1, max = 4096) String> candidates,

        @JsonPropertyDescription(
                "Whether the username of an existing Salesforce user follows the directory. It changes what "
                        + "people sign in with. Even then, whoever has any of his candidates keeps it: a better one "
                        + "that becomes free renames nobody, only a change of what the candidates are made of does. "
                        + "Default false.")
        @Default("false")
        Boolean rename) {

    public UsernamesSpec {
        candidates = Given.list(candidates);
        rename = Given.or(rename, false);
    }
}
