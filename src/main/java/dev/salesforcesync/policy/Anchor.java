package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceUser;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The field of User that holds identities, where the policy has one. */
final class Anchor {
    private final Optional<String> field;
    private final Set<String> gone = new HashSet<>();

    /**
     * The anchor of a policy.
     *
     * @param tombstones people whose entries are deleted: what names them may be given to somebody re-hired
     */
    Anchor(PolicyRules rules, Collection<ObjectGuid> tombstones) {
        this.field = rules.anchorField();
        tombstones.forEach(person -> gone.add(person.toString()));
    }

    /** The identity that the user carries, in lower case. */
    Optional<String> of(SalesforceUser user) {
        return field.flatMap(user::field)
                .map(held -> held.strip().toLowerCase(Locale.ROOT))
                .filter(held -> !held.isEmpty());
    }

    /** Whether the user carries somebody else's identity. */
    boolean isForeign(SalesforceUser user, ObjectGuid person) {
        return of(user).filter(held -> !held.equals(person.toString()) && !gone.contains(held))
                .isPresent();
    }
}
