package dev.salesforcesync.converge;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.policy.Sighting;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which leavers were looked at, and how they had left: nobody is read again for what is known of him. */
final class LeaversSeen {
    private final Map<SalesforceId, Sighting> seen = new HashMap<>();
    private final Set<SalesforceId> open = new HashSet<>();

    /** Those who have left, and were not looked at since they left in this way. Whoever came back is forgotten. */
    List<PersonLink> news(Collection<PersonLink> links, Map<ObjectGuid, Sighting> sightings) {
        Map<SalesforceId, Sighting> now = new HashMap<>();
        links.forEach(link -> {
            Sighting sighting = sightings.get(link.person());
            if (sighting != null && !(sighting instanceof Sighting.Present)) {
                now.put(link.user(), sighting);
            }
        });
        seen.entrySet().removeIf(before -> !before.getValue().equals(now.get(before.getKey())));
        open.retainAll(seen.keySet());
        return links.stream()
                .filter(link -> now.containsKey(link.user()) && !seen.containsKey(link.user()))
                .toList();
    }

    void add(Collection<PersonLink> leavers, Map<ObjectGuid, Sighting> sightings, Plan plan) {
        Set<ObjectGuid> due = plan.actions().stream().map(Action::person).collect(Collectors.toSet());
        for (PersonLink link : leavers) {
            Sighting sighting = sightings.get(link.person());
            if (sighting != null) {
                seen.put(link.user(), sighting);
                if (due.contains(link.person())) {
                    open.add(link.user());
                }
            }
        }
    }

    /** What was held, refused or left in doubt is looked at once more. */
    void lookAgain() {
        seen.keySet().removeAll(open);
        open.clear();
    }

    void forget() {
        seen.clear();
        open.clear();
    }
}
