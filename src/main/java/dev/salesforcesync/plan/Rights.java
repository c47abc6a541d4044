package dev.salesforcesync.plan;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Plan.LostRight;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.DesiredRights;
import dev.salesforcesync.policy.DesiredRights.Right;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans what users get and lose beside profile and role. A right is taken when it is denied; when nothing gives it and the
 * policy owns its kind; or when nothing gives it any longer and it was ours. Rights that the org does not offer as such,
 * the ones of profiles among them, are nobody's business here.
 */
final class Rights {
    private final PolicyRules rules;
    private final Map<SalesforceId, Set<GivenRight>> given;
    private final Map<GivenRight, Entitlement> offered = new HashMap<>();
    private final Map<SalesforceId, List<Assignment>> held = new HashMap<>();

    Rights(CompiledPolicy policy, PlanInput input) {
        this.rules = policy.rules();
        this.given = input.given();
        for (EntitlementKind kind : rules.rights().keySet()) {
            offers(input.org(), kind);
        }
        input.assignments().stream()
                .filter(row -> rules.rights().containsKey(row.kind()))
                .forEach(row -> held.computeIfAbsent(row.user(), any -> new ArrayList<>())
                        .add(row));
    }

    private void offers(OrgDescription org, EntitlementKind kind) {
        org.entitlements(kind)
                .values()
                .forEach(entitlement -> offered.put(new GivenRight(kind, entitlement.id()), entitlement));
    }

    /** What somebody gets whom the same plan creates. */
    List<Action> ofNew(ObjectGuid person, DesiredRights wanted) {
        return wanted.given().stream()
                .map(right -> assign(person, Optional.empty(), right, false))
                .toList();
    }

    /**
     * What an existing user gets and loses.
     *
     * @param returning whether the same plan activates him
     */
    List<Action> between(PersonLink link, DesiredRights wanted, boolean returning) {
        List<Assignment> rows = held.getOrDefault(link.user(), List.of());
        if (rows.isEmpty() && wanted.given().isEmpty()) {
            return List.of();
        }
        List<Action> actions = new ArrayList<>();
        Set<GivenRight> has = rows.stream().map(Rights::right).collect(Collectors.toSet());
        for (Right right : wanted.given()) {
            if (!has.contains(right(right))) {
                actions.add(assign(link.person(), Optional.of(link.user()), right, returning));
            }
        }
        if (wanted.proven()) {
            Set<GivenRight> keeps = wanted.given().stream().map(Rights::right).collect(Collectors.toSet());
            rows.stream()
                    .filter(row -> !keeps.contains(right(row)))
                    .forEach(row -> whyTaken(row, wanted.denied())
                            .ifPresent(why -> actions.add(new Action.Withdraw(link.person(), row, name(row), why))));
        }
        return actions;
    }

    private Optional<String> whyTaken(Assignment row, Collection<Right> denied) {
        Entitlement entitlement = offered.get(right(row));
        RightsRules ruling = rules.rights().get(row.kind());
        if (entitlement == null || ruling == null || rules.connection().protects(entitlement)) {
            return Optional.empty();
        }
        Optional<Right> denial = denied.stream()
                .filter(right -> right.entitlement().equals(entitlement))
                .findFirst();
        if (denial.isPresent()) {
            return Optional.of("DeniedBy " + String.join("; ", denial.get().groups()));
        }
        if (given.getOrDefault(row.user(), Set.of()).contains(right(row))) {
            return Optional.of("NoLongerGiven");
        }
        return ruling.ownership() == Ownership.OWN ? Optional.of("NotGivenByAnyRule") : Optional.empty();
    }

    /** What we gave to one of these users and somebody else took. */
    List<LostRight> lost(Collection<PersonLink> links) {
        List<LostRight> lost = new ArrayList<>();
        if (given.isEmpty()) {
            return lost;
        }
        for (SalesforceId user : users(links)) {
            Set<GivenRight> has = held.getOrDefault(user, List.of()).stream()
                    .map(Rights::right)
                    .collect(Collectors.toSet());
            for (GivenRight right : given.getOrDefault(user, Set.of())) {
                if (rules.rights().containsKey(right.kind()) && !has.contains(right)) {
                    lost.add(new LostRight(user, right));
                }
            }
        }
        return lost;
    }

    private static Set<SalesforceId> users(Collection<PersonLink> links) {
        return links.stream().map(PersonLink::user).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Action assign(ObjectGuid person, Optional<SalesforceId> user, Right right, boolean returning) {
        return new Action.Assign(person, user, right.entitlement(), returning, right.groups());
    }

    private String name(Assignment row) {
        return Optional.ofNullable(offered.get(right(row)))
                .map(Entitlement::name)
                .orElse("");
    }

    private static GivenRight right(Assignment row) {
        return new GivenRight(row.kind(), row.entitlement());
    }

    private static GivenRight right(Right right) {
        return new GivenRight(right.entitlement().kind(), right.entitlement().id());
    }
}
