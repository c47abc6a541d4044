package dev.salesforcesync.converge;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.Desire;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Whom each living policy means, as its last comparison saw. So a policy whose scope somebody leaves knows who else
 * wants him, and one that wants him knows who lets him go.
 */
final class PeopleMeant {
    private final Map<ResourceName, Claim> claims = new ConcurrentHashMap<>();
    private final Consumer<ResourceName> concerned;

    /**
     * Nobody has said anything yet.
     *
     * @param concerned told of each policy for which something changed by what another one said
     */
    PeopleMeant(Consumer<ResourceName> concerned) {
        this.concerned = concerned;
    }

    private record Claim(SalesforceId org, Set<ObjectGuid> people) {}

    /**
     * A policy says whom it means.
     *
     * @param complete whether the read was; otherwise who was meant before still is
     */
    void says(ResourceName policy, SalesforceId org, Collection<Desire> desires, boolean complete) {
        Set<ObjectGuid> meant = new HashSet<>();
        desires.stream()
                .filter(desire -> !(desire instanceof Desire.OutOfScope))
                .forEach(desire -> meant.add(desire.person()));
        Optional<Set<ObjectGuid>> before = Optional.ofNullable(claims.get(policy))
                .filter(claim -> claim.org().equals(org))
                .map(Claim::people);
        if (!complete) {
            if (before.isEmpty()) {
                return;
            }
            meant.addAll(before.get());
        }
        claims.put(policy, new Claim(org, Set.copyOf(meant)));
        Set<ObjectGuid> moved = new HashSet<>(meant);
        before.stream().flatMap(Set::stream).forEach(person -> {
            if (!moved.remove(person)) {
                moved.add(person);
            }
        });
        tell(policy, org, moved);
    }

    /** A policy is gone. */
    void forget(ResourceName policy) {
        Claim before = claims.remove(policy);
        if (before != null) {
            tell(policy, before.org(), before.people());
        }
    }

    /** What the others on the org said. */
    Map<String, Set<ObjectGuid>> besides(ResourceName policy, SalesforceId org) {
        Map<String, Set<ObjectGuid>> others = new HashMap<>();
        claims.forEach((name, claim) -> {
            if (!name.equals(policy) && claim.org().equals(org)) {
                others.put(name.toString(), claim.people());
            }
        });
        return others;
    }

    private void tell(ResourceName policy, SalesforceId org, Set<ObjectGuid> moved) {
        if (!moved.isEmpty()) {
            claims.forEach((name, claim) -> {
                if (!name.equals(policy) && claim.org().equals(org)) {
                    concerned.accept(name);
                }
            });
        }
    }
}
