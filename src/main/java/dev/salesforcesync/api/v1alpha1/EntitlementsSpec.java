package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people may do in Salesforce, by their groups. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EntitlementsSpec(
        @JsonPropertyDescription("Profile by group: the first entry whose group a person is in wins. Nobody is "
                + "created without a profile.")
        @Size(max = 200)
        List<Grant> profiles,

        @JsonPropertyDescription(
                "Role by group: the first entry whose group a person is in wins. Empty: roles are not touched.")
        @Size(max = 500)
        List<Grant> roles,

        @JsonPropertyDescription(
                "Permission sets by group, by API name: a person gets all that match. Omitted: not touched.")
        @Nullable
        Assignments permissionSets,

        @JsonPropertyDescription(
                "Permission-set groups by group, by API name: a person gets all that match. Omitted: not touched.")
        @Nullable
        Assignments permissionSetGroups,

        @JsonPropertyDescription(
                "Permission-set licences by group, by API name: a person gets all that match. Omitted: not touched.")
        @Nullable
        Assignments permissionSetLicenses,

        @JsonPropertyDescription(
                "Salesforce public groups by directory group, by API name: a person gets all that match. "
                        + "Omitted: not touched.")
        @Nullable
        Assignments publicGroups,

        @JsonPropertyDescription("Salesforce queues by directory group, by API name: a person becomes a member of all "
                + "that match. Omitted: not touched.")
        @Nullable
        Assignments queues) {

    public EntitlementsSpec {
        profiles = Given.list(profiles);
        roles = Given.list(roles);
    }

    /** The component {@code permissionSets}, if it is given. */
    public Optional<Assignments> findPermissionSets() {
        return Optional.ofNullable(permissionSets);
    }

    /** The component {@code permissionSetGroups}, if it is given. */
    public Optional<Assignments> findPermissionSetGroups() {
        return Optional.ofNullable(permissionSetGroups);
    }

    /** The component {@code permissionSetLicenses}, if it is given. */
    public Optional<Assignments> findPermissionSetLicenses() {
        return Optional.ofNullable(permissionSetLicenses);
    }

    /** The component {@code publicGroups}, if it is given. */
    public Optional<Assignments> findPublicGroups() {
        return Optional.ofNullable(publicGroups);
    }

    /** The component {@code queues}, if it is given. */
    public Optional<Assignments> findQueues() {
        return Optional.ofNullable(queues);
    }

    /** One name for the members of one group. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Grant(
            @JsonPropertyDescription(
                    "Directory group by distinguished name or common name; members of nested groups count.")
            @Required
            @Size(min = 1, max = 1024)
            String group,

            @JsonPropertyDescription("Name of the profile, or API name of the role, that members get.")
            @Required
            @Size(min = 1, max = 255)
            String name) {

        public Grant {
            group = Given.or(group, "");
            name = Given.or(name, "");
        }
    }

    /** Names for the members of groups, all that match. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Assignments(
            @JsonPropertyDescription(
                    "Merge (add what rules say and remove only what this operator once gave) or Own (remove "
                            + "everything else too). Default Merge.")
            @Default("Merge")
            Ownership ownership,

            @JsonPropertyDescription("What members of which group get.") @Size(max = 200)
            List<Rule> rules,

            @JsonPropertyDescription(
                    "What members of which group must not have, whoever gives it to them: it wins over "
                            + "every rule, and under Merge too it is removed, even if somebody else gave it.")
            @Size(max = 200)
            List<Denial> deny) {

        public Assignments {
            ownership = Given.or(ownership, Ownership.MERGE);
            rules = Given.list(rules);
            deny = Given.list(deny);
        }

        /** Whether assignments made by others are respected. */
        public enum Ownership {
            /** Only what the operator gave is taken away again. */
            @JsonProperty("Merge")
            MERGE,

            /** Everything that no rule gives is taken away. */
            @JsonProperty("Own")
            OWN,

            /** A value this version does not know, see {@link Unrecognized}. */
            @JsonProperty("Unrecognized")
            UNRECOGNIZED;

            @JsonCreator
            static Ownership of(String text) {
                return Given.choice(Ownership.class, text).orElse(UNRECOGNIZED);
            }
        }

        /** What the members of one group get. */
        @JsonIgnoreProperties(ignoreUnknown = true)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        public record Rule(
                @JsonPropertyDescription(
                        "Directory group by distinguished name or common name; members of nested groups count.")
                @Required
                @Size(min = 1, max = 1024)
                String group,

                @JsonPropertyDescription("API names that members get.") @Required @Size(min = 1, max = 100)
                List<@Size(min = 1, max = 255) String> names) {

            public Rule {
                group = Given.or(group, "");
                names = Given.list(names);
            }
        }

        /** What the members of one group must not have. */
        @JsonIgnoreProperties(ignoreUnknown = true)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        public record Denial(
                @JsonPropertyDescription(
                        "Directory group by distinguished name or common name; members of nested groups count.")
                @Required
                @Size(min = 1, max = 1024)
                String group,

                @JsonPropertyDescription("API names that members must not have.") @Required @Size(min = 1, max = 100)
                List<@Size(min = 1, max = 255) String> names) {

            public Denial {
                group = Given.or(group, "");
                names = Given.list(names);
            }
        }
    }
}
