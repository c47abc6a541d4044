package dev.salesforcesync.directory;

import dev.salesforcesync.model.Person;
import java.util.Set;

/**
 * One person as he is now.
 *
 * @param person his entry
 * @param groups those of the groups asked for that he is in, directly or not, as the request names them
 */
public record SeenPerson(Person person, Set<String> groups) {
    public SeenPerson {
        groups = Set.copyOf(groups);
    }
}
