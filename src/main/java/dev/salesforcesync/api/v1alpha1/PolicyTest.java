package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** An example that must come out right before a new generation of the policy is accepted. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PolicyTest(
        @JsonPropertyDescription("What the example shows, unique in this policy.") @Required @Size(min = 1, max = 128)
        String name,

        @JsonPropertyDescription(
                "Directory attributes of the made-up person: text, or a list of text for those with several values.")
        @Required
        @Size(max = 100)
        Map<String, Object> user,

        @JsonPropertyDescription("Groups the person is in, by distinguished name or common name.") @Size(max = 100)
        List<@Size(min = 1, max = 1024) String> groups,

        @JsonPropertyDescription(
                "Salesforce fields and the values, written as text, they must get. Profile and Role stand for their names, PermissionSets, PermissionSetGroups, PermissionSetLicenses, PublicGroups and Queues for all names in alphabetical order, divided by a comma and a blank.")
        @Required
        @Size(max = 100)
        Map<String, @Size(max = 4096) String> expect) {

    public PolicyTest {
        name = Given.or(name, "");
        user = Given.map(user);
        groups = Given.list(groups);
        expect = Given.map(expect);
    }
}
