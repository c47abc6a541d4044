package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Linking.LinkProblem;
import dev.salesforcesync.policy.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plans the fields that refer to other people's users, once it is known who has one and who gets one. */
final class References {
    private final PlanInput input;
    private final Difference difference;
    private final Map<SalesforceId, SalesforceUser> users = new HashMap<>();
    private final Map<ObjectGuid, PersonLink> links = new HashMap<>();
    private final Map<ObjectGuid, LinkProblem> problems = new HashMap<>();
    private final Set<ObjectGuid> joiners = new HashSet<>();
    private final Set<SalesforceId> returning = new HashSet<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<LeftAlone> leftAlone = new ArrayList<>();

    /**
     * @param planned everything that is planned beside references
     * @param referring those linked people whose fields are written
     */
    References(PlanInput input, Difference difference, Collection<Action> planned, Collection<PersonLink> referring) {
        this.input = input;
        this.difference = difference;
        if (!anybodyRefers()) {
            return;
        }
        input.users().forEach(user -> users.put(user.id(), user));
        input.linking().links().forEach(link -> links.put(link.person(), link));
        for (LinkProblem problem : input.linking().problems()) {
            problem.person().ifPresent(person -> problems.putIfAbsent(person, problem));
        }
        for (Action action : planned) {
            if (action instanceof Action.Create) {
                joiners.add(action.person());
            } else if (action instanceof Action.Reactivate back && back.activate()) {
                returning.add(back.user());
            }
        }
        SortedMap<ObjectGuid, Optional<SalesforceUser>> people = new TreeMap<>();
        joiners.forEach(joiner -> people.put(joiner, Optional.empty()));
        referring.forEach(link -> people.put(link.person(), Optional.ofNullable(users.get(link.user()))));
        people.forEach(this::refer);
    }

    private boolean anybodyRefers() {
        return input.desires().values().stream()
                .anyMatch(desire -> desire instanceof Desire.Wanted wanted
                        && !wanted.user().references().isEmpty());
    }

    List<Action> actions() {
        return actions;
    }

    /** Who has a reference without a value, and why. */
    List<LeftAlone> leftAlone() {
        return leftAlone;
    }

    /** What a reference comes to. */
    private sealed interface Target {
        /** @param id as Salesforce would show it, or what stands for it */
        record Known(ObjectGuid person, String id) implements Target {}

        /** The field has no value. */
        record None(String code, String message) implements Target {}

        /** It cannot be said whether the field has one. */
        record Open(String code, String message) implements Target {}
    }

    private void refer(ObjectGuid person, Optional<SalesforceUser> user) {
        if (input.desires().get(person) instanceof Desire.Wanted wanted) {
            for (DesiredReference reference : wanted.user().references()) {
                refer(person, user, reference);
            }
        }
    }

    private void refer(ObjectGuid person, Optional<SalesforceUser> user, DesiredReference reference) {
        Target target = target(person, reference);
        if (target instanceof Target.Known known) {
            write(person, user, reference, Optional.of(known));
        } else if (target instanceof Target.Open open) {
            leave(person, user, reference, open.code(), open.message());
        } else if (target instanceof Target.None none) {
            if (reference.clear()) {
                write(person, user, reference, Optional.empty());
            }
            if (!reference.dn().isEmpty()) {
                leave(person, user, reference, none.code(), none.message());
            }
        }
    }

    private Target target(ObjectGuid person, DesiredReference reference) {
        if (reference.person().isEmpty()) {
            return reference.dn().isEmpty() || reference.certain()
                    ? new Target.None(
                            "ReferenceNotFound", "no search of the policy finds the person referred to; widen a search")
                    : new Target.Open(
                            "ReadIncomplete", "the person referred to was not found, but the read was not complete");
        }
        ObjectGuid other = reference.person().get();
        if (other.equals(person)) {
            return new Target.None("ReferenceToSelf", "the person refers to himself, which no user can");
        }
        PersonLink link = links.get(other);
        if (link != null) {
            return linked(link);
        }
        LinkProblem problem = problems.get(other);
        if (problem != null) {
            return beyondUs(other, problem);
        }
        if (joiners.contains(other)) {
            return new Target.Known(other, Action.Refer.awaited(other));
        }
        return new Target.None("ReferenceNotLinked", "the person referred to has no user and gets none");
    }

    private Target linked(PersonLink link) {
        Sighting sighting = input.sightings().get(link.person());
        if (sighting instanceof Sighting.Awaited) {
            return new Target.Open(
                    "OtherPolicyUnheard", "whether another policy means the person referred to is not known yet");
        }
        if (sighting == null
                || (sighting instanceof Sighting.OutOfScope out && !out.readWasComplete())
                || (sighting instanceof Sighting.Absent absent && !absent.readWasComplete())) {
            return new Target.Open(
                    "ReadIncomplete", "whether the person referred to is still meant is not proven by this read");
        }
        if (!(sighting instanceof Sighting.Present)) {
            return new Target.None("ReferenceGone", "the person referred to has left");
        }
        SalesforceUser user = users.get(link.user());
        if (user == null || (!user.active() && !returning.contains(user.id()))) {
            return new Target.None("ReferenceInactive", "the user of the person referred to is not active");
        }
        return new Target.Known(link.person(), user.id().value());
    }

    /** A user whom we must not touch, or for whom another policy answers, can still be referred to. */
    private Target beyondUs(ObjectGuid person, LinkProblem problem) {
        boolean usable =
                problem.code() == Linking.Code.ProtectedUser || problem.code() == Linking.Code.ClaimedByOtherPolicy;
        return problem.user()
                .filter(id -> usable)
                .map(users::get)
                .filter(SalesforceUser::active)
                .<Target>map(user -> new Target.Known(person, user.id().value()))
                .orElseGet(() -> new Target.Open(
                        "ReferenceUnclear", "it is not clear which user stands for the person referred to"));
    }

    private void write(
            ObjectGuid person,
            Optional<SalesforceUser> user,
            DesiredReference reference,
            Optional<Target.Known> target) {
        difference
                .reference(
                        user,
                        reference,
                        target.map(Target.Known::id),
                        input.newcomers().contains(person))
                .ifPresent(change -> actions.add(new Action.Refer(
                        person,
                        user.map(SalesforceUser::id),
                        reference.field(),
                        change,
                        target.map(Target.Known::person),
                        "DiffersFromPolicy")));
    }

    private void leave(
            ObjectGuid person, Optional<SalesforceUser> user, DesiredReference reference, String code, String message) {
        leftAlone.add(new LeftAlone(
                person, user.map(SalesforceUser::id), code, false, Optional.of(reference.field()), message));
    }
}
