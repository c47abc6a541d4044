package dev.salesforcesync.plan;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.DesiredUser;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Protection;
import dev.salesforcesync.policy.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what is desired with what is observed. */
public final class Planner {
    private final CompiledPolicy policy;
    private final PlanInput input;
    private final Lifecycle lifecycle;
    private final Protection protection;
    private final Leaving leaving;
    private final Naming naming;
    private final Difference difference;
    private final Rights rights;
    private final Map<SalesforceId, SalesforceUser> users = new HashMap<>();
    private final Map<SalesforceId, List<Hold>> holds = new HashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<LeftAlone> leftAlone = new ArrayList<>();
    private final List<Hold> ended = new ArrayList<>();
    private final List<PersonLink> referring = new ArrayList<>();

    private Planner(CompiledPolicy policy, PlanInput input) {
        this.policy = policy;
        this.input = input;
        this.lifecycle = policy.rules().lifecycle();
        this.protection = new Protection(policy.rules().connection(), input.org(), input.protectedUsers());
        this.leaving = new Leaving(lifecycle);
        this.rights = new Rights(policy, input);
        input.users().forEach(user -> users.put(user.id(), user));
        input.holds()
                .forEach(hold -> holds.computeIfAbsent(hold.user(), any -> new ArrayList<>())
                        .add(hold));
        this.naming = new Naming(
                input, input.linking().links().stream().filter(this::follows).toList());
        this.difference = new Difference(policy.rules(), input, naming);
    }

    /** Whether the user's name is ours to change now. */
    private boolean follows(PersonLink link) {
        SalesforceUser user = users.get(link.user());
        return policy.rules().usernames().rename()
                && lifecycle.update()
                && user != null
                && input.sightings().get(link.person()) instanceof Sighting.Present
                && protection.of(user).isEmpty()
                && (user.active() || staysInactive(user, holding(user)).isEmpty());
    }

    private Holding holding(SalesforceUser user) {
        return Holding.of(
                holds.getOrDefault(user.id(), List.of()), policy.rules().policy());
    }

    /** Why an inactive user is not ours to bring back. */
    private record Stay(String code, String message) {}

    private Optional<Stay> staysInactive(SalesforceUser user, Holding holding) {
        if (holding.deactivatedBySomebodyElse()) {
            return Optional.of(
                    new Stay("DeactivatedByOthers", "somebody else deactivated this user; activate him by hand"));
        }
        if (holding.heldByOthers()) {
            return Optional.of(new Stay("HeldByOthers", "another policy or schedule holds this user"));
        }
        if (input.frozen().contains(user.id()) && holding.frozenBySomebodyElse()) {
            return Optional.of(new Stay("FrozenByOthers", "somebody else froze this user; unfreeze him by hand"));
        }
        return lifecycle.whenBack() == Lifecycle.Return.NONE
                ? Optional.of(new Stay("NotBroughtBack", "lifecycle.whenBack is None; activate the user by hand"))
                : Optional.empty();
    }

    /** Everything to do; the answer does not depend on the order of anything that comes in. */
    public static Plan plan(CompiledPolicy policy, PlanInput input) {
        return new Planner(policy, input).plan();
    }

    /** The digest under which a written value is remembered for {@link PlanInput#applied}. */
    public static String digestOf(String value) {
        return Canonical.digest(List.of(value));
    }

    /**
     * What planning goes by.
     *
     * @param desires what the rules want, by person
     * @param linking who stands for whom
     * @param sightings how each person was last seen; who has none is left alone
     * @param users the org's users as read, linked ones among them
     * @param frozen users whose sign-in is frozen, by whomever
     * @param holds what was taken from users and not given back, by every policy and schedule
     * @param pendingEmails e-mail changes that Salesforce accepted and the user has not confirmed
     * @param applied digests of the values last written, by user and field; empty where unknown. Only for
     *     {@code drift: Report}
     * @param protectedUsers users that nothing touches, beside those the rules name
     * @param assignments everything that users hold directly of the kinds that the policy manages
     * @param given what this operator gave, by user
     * @param newcomers people who were created and have not got everything yet that comes after the call
     * @param refusedNames usernames in lower case that Salesforce refused lately, because another org has them
     */
    public record PlanInput(
            Map<ObjectGuid, Desire> desires,
            Linking linking,
            Map<ObjectGuid, Sighting> sightings,
            Collection<SalesforceUser> users,
            Set<SalesforceId> frozen,
            Collection<Hold> holds,
            Set<PendingEmail> pendingEmails,
            Map<SalesforceId, Map<String, String>> applied,
            Set<SalesforceId> protectedUsers,
            Collection<Assignment> assignments,
            Map<SalesforceId, Set<GivenRight>> given,
            Set<ObjectGuid> newcomers,
            Set<String> refusedNames,
            OrgDescription org) {
        public PlanInput {
            newcomers = Set.copyOf(newcomers);
            desires = Map.copyOf(desires);
            sightings = Map.copyOf(sightings);
            users = List.copyOf(users);
            frozen = Set.copyOf(frozen);
            holds = List.copyOf(holds);
            pendingEmails = Set.copyOf(pendingEmails);
            applied = Map.copyOf(applied);
            protectedUsers = Set.copyOf(protectedUsers);
            assignments = List.copyOf(assignments);
            given = Map.copyOf(given);
            refusedNames = Set.copyOf(refusedNames);
        }

        /** Without anybody who was created and has not got everything. */
        public PlanInput(
                Map<ObjectGuid, Desire> desires,
                Linking linking,
                Map<ObjectGuid, Sighting> sightings,
                Collection<SalesforceUser> users,
                Set<SalesforceId> frozen,
                Collection<Hold> holds,
                Set<PendingEmail> pendingEmails,
                Map<SalesforceId, Map<String, String>> applied,
                Set<SalesforceId> protectedUsers,
                Collection<Assignment> assignments,
                Map<SalesforceId, Set<GivenRight>> given,
                Set<String> refusedNames,
                OrgDescription org) {
            this(
                    desires,
                    linking,
                    sightings,
                    users,
                    frozen,
                    holds,
                    pendingEmails,
                    applied,
                    protectedUsers,
                    assignments,
                    given,
                    Set.of(),
                    refusedNames,
                    org);
        }
    }

    /** An e-mail address asked for and not yet confirmed by the user, compared without regard to case. */
    public record PendingEmail(SalesforceId user, String email) {
        @Override
        public String toString() {
            return "PendingEmail[" + user + "]";
        }
    }

    private Plan plan() {
        for (PersonLink link : input.linking().links()) {
            SalesforceUser user = users.get(link.user());
            Sighting sighting = input.sightings().get(link.person());
            if (user == null || sighting == null) {
                continue;
            }
            Optional<String> guarded = protection.of(user);
            if (guarded.isPresent()) {
                leave(link, "ProtectedUser", false, guarded.get());
            } else if (sighting instanceof Sighting.Present) {
                present(link, user);
            } else {
                gone(link, user, sighting);
            }
        }
        Creating creating = new Creating(policy, input, rights, naming);
        actions.addAll(creating.actions());
        leftAlone.addAll(creating.leftAlone());
        References references = new References(input, difference, List.copyOf(actions), referring);
        actions.addAll(references.actions());
        leftAlone.addAll(references.leftAlone());
        return new Plan(
                actions,
                leftAlone,
                ended,
                rights.lost(observed()),
                difference.pendingVerification(),
                difference.drifted());
    }

    private List<PersonLink> observed() {
        return input.linking().links().stream()
                .filter(link -> users.containsKey(link.user()))
                .toList();
    }

    private void gone(PersonLink link, SalesforceUser user, Sighting sighting) {
        Leaving.Step step = leaving.step(sighting);
        if (!step.certain()) {
            leave(link, step.code(), false, step.reason());
            return;
        }
        if (!user.active()) {
            return;
        }
        if (step.leave().freezes() && !input.frozen().contains(user.id())) {
            actions.add(new Action.Freeze(link.person(), user.id(), step.reason()));
        }
        if (step.leave().deactivates()) {
            actions.add(new Action.Deactivate(link.person(), user.id(), step.reason()));
        }
    }

    private void present(PersonLink link, SalesforceUser user) {
        Desire desire = input.desires().get(link.person());
        if (desire instanceof Desire.Problem problem) {
            leftAlone.add(new LeftAlone(
                    link.person(),
                    Optional.of(user.id()),
                    problem.code(),
                    true,
                    Optional.of(problem.field()),
                    problem.message()));
        } else if (desire instanceof Desire.Wanted wanted) {
            Holding holding = holding(user);
            if (user.active()) {
                active(link, user, wanted.user(), holding);
            } else {
                inactive(link, user, wanted.user(), holding);
            }
        }
    }

    private void active(PersonLink link, SalesforceUser user, DesiredUser wanted, Holding holding) {
        boolean frozen = input.frozen().contains(user.id());
        boolean frozenByUs = frozen && holding.froze();
        boolean staysFrozen = frozen;
        if (frozenByUs && holding.heldByOthers()) {
            leave(link, "HeldByOthers", false, "another policy or schedule holds this user");
        } else if (frozenByUs && lifecycle.whenBack() == Lifecycle.Return.NONE) {
            leave(link, "NotBroughtBack", false, "lifecycle.whenBack is None; unfreeze the user by hand");
        } else if (frozenByUs) {
            actions.add(new Action.Reactivate(
                    link.person(), user.id(), new TreeMap<>(), false, true, false, holding.returned()));
            staysFrozen = false;
        } else {
            ended.addAll(holding.ours());
        }
        if (!lifecycle.update() && !input.newcomers().contains(link.person())) {
            return;
        }
        referring.add(link);
        SortedMap<String, Change> changes = difference.between(link, user, wanted);
        if (lifecycle.update()) {
            nameless(link, user);
        } else {
            changes.keySet().retainAll(Set.of(Fields.ROLE));
        }
        if (!changes.isEmpty()) {
            actions.add(new Action.Update(
                    link.person(), user.id(), changes, privileged(wanted, changes), "DiffersFromPolicy"));
        }
        if (!staysFrozen) {
            actions.addAll(rights.between(link, wanted.rights(), false));
        }
    }

    private void inactive(PersonLink link, SalesforceUser user, DesiredUser wanted, Holding holding) {
        Optional<Stay> stay = staysInactive(user, holding);
        if (stay.isPresent()) {
            leave(link, stay.get().code(), false, stay.get().message());
        } else {
            SortedMap<String, Change> changes =
                    lifecycle.update() ? difference.between(link, user, wanted) : new TreeMap<>();
            boolean privileged = privileged(wanted, changes);
            changes.put(Fields.ACTIVE, new Change(Optional.of("false"), Optional.of("true"), false));
            boolean unfreeze = holding.froze() && input.frozen().contains(user.id());
            actions.add(new Action.Reactivate(
                    link.person(), user.id(), changes, true, unfreeze, privileged, holding.returned()));
            if (lifecycle.update()) {
                nameless(link, user);
                referring.add(link);
                actions.addAll(rights.between(link, wanted.rights(), true));
            }
        }
    }

    private void nameless(PersonLink link, SalesforceUser user) {
        if (naming.isStuck(user)) {
            leftAlone.add(new LeftAlone(
                    link.person(),
                    Optional.of(user.id()),
                    Creating.NAMES_TAKEN,
                    true,
                    Optional.of(Fields.USERNAME),
                    "every username that this person could be given is taken, so the user keeps his; add another form"
                            + " to usernames.candidates"));
        }
    }

    private static boolean privileged(DesiredUser wanted, SortedMap<String, Change> changes) {
        return changes.containsKey(Fields.PROFILE)
                && wanted.profile().filter(DesiredUser.Grant::privileged).isPresent();
    }

    private void leave(PersonLink link, String code, boolean problem, String message) {
        leftAlone.add(new LeftAlone(link.person(), Optional.of(link.user()), code, problem, Optional.empty(), message));
    }
}
