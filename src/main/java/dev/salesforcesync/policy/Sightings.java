package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.Whereabouts;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says how each person was last seen. What stands on the person's own entry, or its tombstone, needs no proof that the
 * read was complete; not being found, and not being meant, do.
 */
public final class Sightings {
    private Sightings() {}

    /** The linked people whom the picture does not show: their whereabouts must be looked up one by one. */
    public static Set<ObjectGuid> missing(DirectoryPicture picture, Collection<PersonLink> links) {
        Set<ObjectGuid> missing = new TreeSet<>();
        for (PersonLink link : links) {
            if (!picture.people().containsKey(link.person())) {
                missing.add(link.person());
            }
        }
        return missing;
    }

    /**
     * How everybody who is linked or to be created was last seen.
     *
     * @param whereabouts answers for {@link #missing} people; who has none counts as absent from an incomplete read
     */
    public static Map<ObjectGuid, Sighting> of(
            DirectoryPicture picture,
            Map<ObjectGuid, Desire> desires,
            Map<ObjectGuid, Whereabouts> whereabouts,
            Linking linking,
            Instant now) {
        Map<ObjectGuid, Sighting> sightings = new HashMap<>(linking.links().size() * 4 / 3 + 1);
        linking.unmatched().forEach(guid -> sightings.put(guid, sighting(guid, picture, desires, whereabouts, now)));
        for (PersonLink link : linking.links()) {
            sightings.put(link.person(), sighting(link.person(), picture, desires, whereabouts, now));
        }
        return sightings;
    }

    /**
     * What holds of that while another policy has not said whom it means: whoever is not meant here any more may be meant
     * there. What stands on the entry itself holds all the same.
     *
     * @param unheard the other policy; at most one
     */
    public static Map<ObjectGuid, Sighting> awaiting(Map<ObjectGuid, Sighting> sightings, Collection<String> unheard) {
        Map<ObjectGuid, Sighting> settled = new HashMap<>(sightings);
        unheard.forEach(policy -> settled.replaceAll(
                (person, sighting) -> sighting instanceof Sighting.OutOfScope || sighting instanceof Sighting.Absent
                        ? new Sighting.Awaited(policy)
                        : sighting));
        return settled;
    }

    private static Sighting sighting(
            ObjectGuid guid,
            DirectoryPicture picture,
            Map<ObjectGuid, Desire> desires,
            Map<ObjectGuid, Whereabouts> whereabouts,
            Instant now) {
        boolean complete = picture.completeness().isProven();
        Person seen = picture.people().get(guid);
        if (seen != null) {
            return account(seen, now)
                    .orElseGet(() -> desires.get(guid) instanceof Desire.OutOfScope out
                            ? new Sighting.OutOfScope(out.reason(), complete)
                            : new Sighting.Present());
        }
        Whereabouts where = whereabouts.get(guid);
        if (where instanceof Whereabouts.Deleted) {
            return new Sighting.Deleted();
        }
        if (where instanceof Whereabouts.Alive alive) {
            return account(alive.person(), now)
                    .orElseGet(() -> new Sighting.OutOfScope("in none of the searches", complete));
        }
        return new Sighting.Absent(complete && where instanceof Whereabouts.NotFound);
    }

    private static Optional<Sighting> account(Person person, Instant now) {
        if (!person.account().enabled()) {
            return Optional.of(new Sighting.Disabled());
        }
        return person.account().expired(now) ? Optional.of(new Sighting.Expired()) : Optional.empty();
    }
}
