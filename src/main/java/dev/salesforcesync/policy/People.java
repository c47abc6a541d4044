package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.expression.DistinguishedName;
import java.util.List;
import java.util.Map;

/** Finds the people whom references name, among those whom the searches found. */
final class People {
    private final Map<ObjectGuid, Person> people;
    private final PeopleByName names;
    private final boolean complete;

    People(DirectoryPicture picture, PeopleByName names) {
        this.people = picture.people();
        this.names = names;
        this.complete = picture.completeness().isProven();
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
        return reference.to(names.find(DistinguishedName.canonical(reference.dn()), people), complete);
    }

    static List<DesiredReference> references(Desire desire) {
        return desire instanceof Desire.Wanted wanted ? wanted.user().references() : List.of();
    }
}
