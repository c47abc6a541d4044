package dev.salesforcesync.model;

import java.time.Instant;
import java.util.List;
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
 * @param completeness whether the read saw everything it asked for
 * @param readAt when the read began
 */
public record DirectoryPicture(
        Map<ObjectGuid, Person> people,
        Map<String, Set<ObjectGuid>> memberships,
        List<EntryProblem> problems,
        Completeness completeness,
        Instant readAt) {
    public DirectoryPicture {
        people = Map.copyOf(people);
        memberships = Map.copyOf(memberships);
        problems = List.copyOf(problems);
    }

    /**
     * An entry that a search found and that cannot be used.
     *
     * @param code a stable CamelCase word, such as {@code ObjectGuidMissing}
     * @param message what to do, without any of the entry's values
     */
    public record EntryProblem(String code, String message) {}
}
