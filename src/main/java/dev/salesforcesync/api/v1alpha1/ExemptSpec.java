package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose seat is never taken. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExemptSpec(
        @JsonPropertyDescription(
                "Members of these directory groups, also through nested groups, by distinguished name or common name.")
        @Size(max = 100)
        List<@Size(min = 1, max = 1024) String> groups,

        @JsonPropertyDescription("Salesforce usernames.") @Size(max = 200)
        List<@Size(min = 1, max = 80) String> usernames,

        @JsonPropertyDescription("CEL expression over user and groups that is true for people whose seat is never "
                + "taken. Omitted: nobody.")
        @Size(min = 1, max = 4096)
        @Nullable
        String where) {

    public ExemptSpec {
        groups = Given.list(groups);
        usernames = Given.list(usernames);
    }

    /** The component {@code where}, if it is given. */
    public Optional<String> findWhere() {
        return Optional.ofNullable(where);
    }
}
