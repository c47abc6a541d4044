package dev.salesforcesync.converge;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whom the anchors of linked users name instead of the people they stand for: somebody hired anew took the user over,
 * and the write of the new identity did not come through. Whether the other is really gone must be seen in the
 * directory, for the ledger has forgotten him.
 */
final class Forerunners {
    private Forerunners() {}

    /** Those among them whom the picture does not show. */
    static Set<ObjectGuid> of(
            Optional<String> anchorField,
            Collection<SalesforceUser> users,
            Collection<PersonLink> links,
            DirectoryPicture picture) {
        Set<ObjectGuid> named = new TreeSet<>();
        if (anchorField.isEmpty()) {
            return named;
        }
        Map<SalesforceId, ObjectGuid> people =
                links.stream().collect(Collectors.toMap(PersonLink::user, PersonLink::person, (one, other) -> one));
        for (SalesforceUser user : users) {
            ObjectGuid person = people.get(user.id());
            if (person != null) {
                user.field(anchorField.get())
                        .flatMap(Forerunners::identity)
                        .filter(held ->
                                !held.equals(person) && !picture.people().containsKey(held))
                        .ifPresent(named::add);
            }
        }
        return named;
    }

    private static Optional<ObjectGuid> identity(String held) {
        try {
            return Optional.of(ObjectGuid.parse(held.strip()));
        } catch (IllegalArgumentException noIdentity) {
            return Optional.empty();
        }
    }
}
