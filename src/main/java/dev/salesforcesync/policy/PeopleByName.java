package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.expression.DistinguishedName;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where people stand by the names they have in the directory. The names themselves are not kept, only their hashes: the
 * picture has them, and who was renamed since is not found under the name before. Open addressing with linear probing.
 * Safe for use by several threads.
 */
final class PeopleByName {
    private static final int LEAST = 16;

    private int[] hashes;
    private @Nullable ObjectGuid[] people;
    private int size;

    private PeopleByName(int places) {
        this.hashes = new int[places];
        this.people = new ObjectGuid[places];
    }

    static PeopleByName of(Map<ObjectGuid, Person> people) {
        int places = Integer.highestOneBit(Math.max(LEAST, people.size() * 3 / 2)) * 2;
        PeopleByName names = new PeopleByName(places);
        people.values().forEach(names::note);
        return names;
    }

    /** Takes in somebody, or the name that he has now. */
    synchronized void note(Person person) {
        if ((size + 1) * 4 > people.length * 3) {
            grow();
        }
        int hash = hash(DistinguishedName.canonical(person.dn()));
        for (int at = home(hash); ; at = after(at)) {
            ObjectGuid there = people[at];
            if (there == null) {
                hashes[at] = hash;
                people[at] = person.guid();
                size++;
                return;
            }
            if (hashes[at] == hash && there.equals(person.guid())) {
                return;
            }
        }
    }

    /**
     * Who has a name now.
     *
     * @param canonical as {@link DistinguishedName#canonical} writes it
     * @param living everybody there is
     */
    synchronized Optional<ObjectGuid> find(String canonical, Map<ObjectGuid, Person> living) {
        int hash = hash(canonical);
        for (int at = home(hash); ; at = after(at)) {
            ObjectGuid there = people[at];
            if (there == null) {
                return Optional.empty();
            }
            if (hashes[at] == hash) {
                Person person = living.get(there);
                if (person != null && DistinguishedName.canonical(person.dn()).equals(canonical)) {
                    return Optional.of(there);
                }
            }
        }
    }

    private void grow() {
        int[] oldHashes = hashes;
        @Nullable ObjectGuid[] old = people;
        hashes = new int[old.length * 2];
        people = new ObjectGuid[old.length * 2];
        for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
                int at = home(oldHashes[i]);
                while (people[at] != null) {
                    at = after(at);
                }
                hashes[at] = oldHashes[i];
                people[at] = old[i];
            }
        }
    }

    private static int hash(String canonical) {
        int hash = canonical.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private int home(int hash) {
        return hash & (people.length - 1);
    }

    private int after(int at) {
        return (at + 1) & (people.length - 1);
    }
}
