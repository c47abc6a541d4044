package dev.salesforcesync.converge;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.Desire;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Whom each living policy means, as its last comparison saw. So a policy whose scope somebody leaves knows who else
 * wants him, and one that wants him knows who lets him go.
 */
final class PeopleMeant {
    private final Map<ResourceName, Claim> claims = new ConcurrentHashMap<>();
    /**
     * How long a policy that says nothing is waited for, counted from when it was missed first: one that never reads its
     * directory must not keep those who left another one for ever.
     */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Map<ResourceName, Instant> missedSince = new ConcurrentHashMap<>();
    private final Consumer<ResourceName> concerned;
    private final Function<ResourceName, Set<ResourceName>> companions;

    /**
     * Nobody has said anything yet.
     *
     * @param concerned told of each policy for which something changed by what another one said
     * @param companions the other living policies on a policy's connection
     */
    PeopleMeant(Consumer<ResourceName> concerned, Function<ResourceName, Set<ResourceName>> companions) {
        this.companions = companions;
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
        missedSince.remove(policy);
        claims.put(policy, new Claim(org, Set.copyOf(meant)));
        Set<ObjectGuid> moved = new HashSet<>(meant);
        before.stream().flatMap(Set::stream).forEach(person -> {
            if (!moved.remove(person)) {
                moved.add(person);
            }
        });
        if (before.isEmpty() || !moved.isEmpty()) {
            tell(policy, org);
        }
    }

    /**
     * A policy that has said whom it means says it of some people anew.
     *
     * @param people all of them
     * @param desires what it wants for those of them who are there
     * @param complete whether it is proven that the others are not
     */
    void saysOf(
            ResourceName policy,
            SalesforceId org,
            Set<ObjectGuid> people,
            Map<ObjectGuid, Desire> desires,
            boolean complete) {
        Claim before = claims.get(policy);
        if (before == null || !before.org().equals(org)) {
            return;
        }
        Set<ObjectGuid> moved = new HashSet<>();
        for (ObjectGuid person : people) {
            Desire desire = desires.get(person);
            boolean meant = desire != null && !(desire instanceof Desire.OutOfScope);
            boolean was = before.people().contains(person);
            if (meant != was && (meant || complete)) {
                moved.add(person);
            }
        }
        if (!moved.isEmpty()) {
            Set<ObjectGuid> now = new HashSet<>(before.people());
            moved.forEach(person -> {
                if (!now.remove(person)) {
                    now.add(person);
                }
            });
            claims.put(policy, new Claim(org, Set.copyOf(now)));
            tell(policy, org);
        }
    }

    /**
     * Another living policy that has not said since the start whom it means: those who left the scope of this one may be
     * its people. Nobody once it was waited for long enough.
     */
    Optional<String> unheard(ResourceName policy, SalesforceId org, Instant now) {
        return companions.apply(policy).stream()
                .filter(other -> !saidFor(other, org))
                .filter(other -> now.isBefore(
                        missedSince.computeIfAbsent(other, first -> now).plus(PATIENCE)))
                .map(ResourceName::toString)
                .sorted()
                .findFirst();
    }

    private boolean saidFor(ResourceName policy, SalesforceId org) {
        Claim claim = claims.get(policy);
        return claim != null && claim.org().equals(org);
    }

    /** A policy is gone. */
    void forget(ResourceName policy) {
        missedSince.remove(policy);
        Claim before = claims.remove(policy);
        if (before != null && !before.people().isEmpty()) {
            tell(policy, before.org());
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

    private void tell(ResourceName policy, SalesforceId org) {
        claims.forEach((name, claim) -> {
            if (!name.equals(policy) && claim.org().equals(org)) {
                concerned.accept(name);
            }
        });
    }
}
