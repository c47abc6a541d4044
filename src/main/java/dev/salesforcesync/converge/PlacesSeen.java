package dev.salesforcesync.converge;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where people were who are in no search. Thousands may have left in the course of years: those whose users are inactive
 * are not asked for each time that somebody else changes.
 */
final class PlacesSeen {
    private static final Duration TRUSTED = Duration.ofMinutes(10);

    private Map<ObjectGuid, Whereabouts> places = Map.of();
    private Instant asked = Instant.EPOCH;

    /**
     * Those whose place must be asked for.
     *
     * @param settled whether nothing is left to be taken from somebody
     * @param anew whether everybody is asked for
     */
    Set<ObjectGuid> unknown(Set<ObjectGuid> missing, Predicate<ObjectGuid> settled, boolean anew, Instant now) {
        if (anew || !now.isBefore(asked.plus(TRUSTED))) {
            places = Map.of();
            asked = now;
        }
        return missing.stream()
                .filter(person -> !places.containsKey(person) || !settled.test(person))
                .collect(Collectors.toSet());
    }

    /** All places of the missing, those known before among them. */
    Map<ObjectGuid, Whereabouts> learn(Set<ObjectGuid> missing, Map<ObjectGuid, Whereabouts> found) {
        Map<ObjectGuid, Whereabouts> all = new HashMap<>(places);
        all.putAll(found);
        all.keySet().retainAll(missing);
        places = Map.copyOf(all);
        return places;
    }
}
