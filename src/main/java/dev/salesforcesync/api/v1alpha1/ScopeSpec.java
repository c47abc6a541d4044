package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which people of the directory this policy is about. */
@ValidationRule(
        value =
                "(has(self.searches) && self.searches.size() > 0) || (has(self.groups) && self.groups.size() > 0) || has(self.where)",
        message =
                "at least one of searches, groups, where must be given: to mean the whole domain, write one search without baseDN")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScopeSpec(
        @JsonPropertyDescription(
                "Where to look for people. Empty: the whole domain, with a filter for people. When searches "
                        + "and groups are both given, both must hold.")
        @Size(max = 50)
        List<Search> searches,

        @JsonPropertyDescription(
                "Who is meant: members, also through nested groups, of at least one of these groups, each by "
                        + "distinguished name or common name. Empty: membership does not matter. When searches and "
                        + "groups are both given, both must hold.")
        @Size(max = 100)
        List<@Size(min = 1, max = 1024) String> groups,

        @JsonPropertyDescription(
                "CEL expression over user, groups, enabled and expired that must be true as well; it only "
                        + "narrows what searches and groups found. Omitted: everybody found.")
        @Size(min = 1, max = 4096)
        @Nullable
        String where) {

    public ScopeSpec {
        searches = Given.list(searches);
        groups = Given.list(groups);
    }

    /** The component {@code where}, if it is given. */
    public Optional<String> findWhere() {
        return Optional.ofNullable(where);
    }

    /** One place to look. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Search(
            @JsonPropertyDescription("Distinguished name below which people are looked for, with all levels. Omitted: "
                    + "the root of the domain.")
            @Size(min = 3, max = 1024)
            @Nullable
            String baseDN,

            @JsonPropertyDescription(
                    "LDAP filter (RFC 4515) that entries must match. Default: people, without computers and contacts.")
            @Size(min = 3, max = 4096)
            @Default("(&(objectCategory=person)(objectClass=user))")
            String filter) {

        public Search {
            filter = Given.or(filter, "(&(objectCategory=person)(objectClass=user))");
        }

        /** The component {@code baseDN}, if it is given. */
        public Optional<String> findBaseDN() {
            return Optional.ofNullable(baseDN);
        }
    }
}
