package dev.salesforcesync.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One full read of the directory, as a value.
 *
 * @param people everybody the searches found, by identity
 * @param memberships for each group as the policy names it: the identities of its direct and nested members among
 *     {@code people}, primary-group members included
 * @param problems entries that could not be read as a person; they are in {@code people} neither as present nor
 *     count as absent
 * @param foreign members of the groups read who are of another domain or forest
 * @param completeness whether the read saw everything it asked for
 * @param readAt when the read began
 */
public record DirectoryPicture(
        Map<ObjectGuid, Person> people,
        Map<String, Set<ObjectGuid>> memberships,
        List<EntryProblem> problems,
        List<ForeignMember> foreign,
        Completeness completeness,
        Instant readAt) {
    public DirectoryPicture {
        // What can never change need not be copied: with a million people that would be most of the cost of a change.
        people = people instanceof PersistentMap<ObjectGuid, Person> ? people : Map.copyOf(people);
        memberships = Map.copyOf(memberships);
        problems = List.copyOf(problems);
        foreign = List.copyOf(foreign);
    }

    /** A picture without members from elsewhere. */
    public DirectoryPicture(
            Map<ObjectGuid, Person> people,
            Map<String, Set<ObjectGuid>> memberships,
            List<EntryProblem> problems,
            Completeness completeness,
            Instant readAt) {
        this(people, memberships, problems, List.of(), completeness, readAt);
    }

    /**
     * A member of a group who is not of the domain that was read: he needs a policy for his own domain.
     *
     * @param group whose member he is
     * @param dn where he is, or the placeholder that stands for him
     */
    public record ForeignMember(ObjectGuid group, String dn) {
        private static final String PLACE_OF_STRANGERS = ",cn=foreignsecurityprincipals,";

        /** Where he is from, without his name: the SID that stands for somebody of another forest, or his domain. */
        public String origin() {
            String lower = dn.toLowerCase(Locale.ROOT);
            int placeholder = lower.indexOf(PLACE_OF_STRANGERS);
            int domain = lower.indexOf(",dc=");
            if (placeholder >= 0) {
                return dn.substring(dn.indexOf('=') + 1, placeholder);
            }
            return domain >= 0 ? dn.substring(domain + 1) : "an unknown domain";
        }

        /** Never shows the name, so that a person cannot slip into a log. */
        @Override
        public String toString() {
            return "ForeignMember[" + origin() + "]";
        }
    }

    /**
     * An entry that a search found and that cannot be used.
     *
     * @param code a stable CamelCase word, such as {@code ObjectGuidMissing}
     * @param message what to do, without any of the entry's values
     */
    public record EntryProblem(String code, String message) {}
}
