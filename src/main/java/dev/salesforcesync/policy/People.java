package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.expression.DistinguishedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the people whom references name, among those whom the searches found. */
final class People {
    private final Map<String, ObjectGuid> byName;
    private final boolean complete;

    private People(Map<String, ObjectGuid> byName, boolean complete) {
        this.byName = byName;
        this.complete = complete;
    }

    static People of(DirectoryPicture picture, Collection<Desire> desires) {
        Map<String, ObjectGuid> byName = new HashMap<>();
        if (desires.stream().anyMatch(desire -> !references(desire).isEmpty())) {
            picture.people().forEach((guid, person) -> byName.put(DistinguishedName.canonical(person.dn()), guid));
        }
        return new People(byName, picture.completeness().isProven());
    }

    /** Puts people into all references. */
    void resolve(Map<ObjectGuid, Desire> desires) {
        desires.replaceAll((guid, desire) ->
                desire instanceof Desire.Wanted wanted && !references(desire).isEmpty() ? resolved(wanted) : desire);
    }

    private Desire resolved(Desire.Wanted wanted) {
        DesiredUser user = wanted.user();
        return new Desire.Wanted(
                wanted.person(),
                new DesiredUser(
                        user.fields(),
                        user.profile(),
                        user.role(),
                        user.rights(),
                        user.usernames(),
                        user.references().stream().map(this::resolved).toList(),
                        user.obstacle()));
    }

    private DesiredReference resolved(DesiredReference reference) {
        if (reference.dn().isEmpty()) {
            return reference;
        }
        return reference.to(Optional.ofNullable(byName.get(DistinguishedName.canonical(reference.dn()))), complete);
    }

    private static List<DesiredReference> references(Desire desire) {
        return desire instanceof Desire.Wanted wanted ? wanted.user().references() : List.of();
    }
}
