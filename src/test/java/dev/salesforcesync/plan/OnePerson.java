package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.user;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Linker;
import dev.salesforcesync.policy.Linker.LinkingInput;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Scope;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.Sightings;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** One person and his user in a state that people have words for, and what the whole of deciding makes of them. */
final class OnePerson {
    static final String IN_SCOPE = "in scope";
    static final List<String> DEPARTURES = List.of(
            "disabled",
            "expired",
            "disabled and moved out of search",
            "expired and moved out of search",
            "disabled and dropped from group",
            "deleted",
            "absent",
            "moved out of search",
            "dropped from group",
            "not meant by where");
    static final List<String> USERS = List.of(
            "none",
            "active",
            "active and different",
            "active again by somebody else, our hold left over",
            "frozen by us",
            "frozen by somebody else",
            "frozen by others",
            "frozen by us and held by others",
            "inactive by our hold",
            "inactive and frozen by our hold",
            "inactive by our hold, frozen by somebody else",
            "frozen by us, inactive by somebody else",
            "inactive by somebody else",
            "inactive by others",
            "frozen by us, inactive by others",
            "inactive by our hold and held by others",
            "protected",
            "protected and inactive by our hold");
    private static final String OTHERS = "apps/others";
    private static final String GROUP = "SF-Users";

    /** Compiling takes longer than everything else together. */
    private static final Map<PolicyRules, CompiledPolicy> COMPILED = new ConcurrentHashMap<>();

    private final String seen;
    private final Map<SalesforceId, SalesforceUser> users = new HashMap<>();
    private final Set<SalesforceId> frozen = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Set<String> protectedNames = new HashSet<>();
    private Optional<Integer> answering = Optional.empty();
    private Lifecycle lifecycle = Lifecycle.DEFAULT;
    private boolean complete = true;

    OnePerson(String seen, String state) {
        this.seen = seen;
        switch (state) {
            case "none" -> {}
            case "active" -> exists(true);
            case "active and different" -> different();
            case "active again by somebody else, our hold left over" ->
                exists(true).hold(POLICY, true, true);
            case "frozen by us" -> exists(true).frozen().hold(POLICY, true, false);
            case "frozen by somebody else" -> exists(true).frozen();
            case "frozen by others" -> exists(true).frozen().hold(OTHERS, true, false);
            case "frozen by us and held by others" ->
                exists(true).frozen().hold(POLICY, true, false).hold(OTHERS, true, false);
            case "inactive by our hold" -> exists(false).hold(POLICY, false, true);
            case "inactive and frozen by our hold" -> exists(false).frozen().hold(POLICY, true, true);
            case "inactive by our hold, frozen by somebody else" ->
                exists(false).frozen().hold(POLICY, false, true);
            case "frozen by us, inactive by somebody else" ->
                exists(false).frozen().hold(POLICY, true, false);
            case "inactive by somebody else" -> exists(false);
            case "inactive by others" -> exists(false).hold(OTHERS, false, true);
            case "frozen by us, inactive by others" ->
                exists(false).frozen().hold(POLICY, true, false).hold(OTHERS, false, true);
            case "inactive by our hold and held by others" ->
                exists(false).hold(POLICY, false, true).hold(OTHERS, false, true);
            case "protected" -> different().guarded();
            case "protected and inactive by our hold" ->
                exists(false).hold(POLICY, false, true).guarded();
            default -> throw new IllegalArgumentException(state);
        }
    }

    OnePerson read(boolean wasComplete) {
        complete = wasComplete;
        return this;
    }

    OnePerson lifecycle(Lifecycle value) {
        lifecycle = value;
        return this;
    }

    /** Another living policy has the link; ours has the priority 0. */
    OnePerson answeredForByAnotherOfPriority(int priority) {
        answering = Optional.of(priority);
        return this;
    }

    private OnePerson exists(boolean active) {
        users.put(user(1), SmallWorld.userOf(1, Map.of("IsActive", Boolean.toString(active))));
        return this;
    }

    private OnePerson different() {
        users.put(user(1), SmallWorld.userOf(1, Map.of("EmployeeNumber", "Other")));
        return this;
    }

    private OnePerson frozen() {
        frozen.add(user(1));
        return this;
    }

    private OnePerson guarded() {
        protectedNames.add("person1@corp.example.com");
        return this;
    }

    private OnePerson hold(String policy, boolean froze, boolean deactivated) {
        holds.add(new Hold(user(1), guid(1), policy, "Disabled", froze, deactivated, NOW));
        return this;
    }

    /** The words of the page: actions, then the reason in brackets. */
    String outcome() {
        CompiledPolicy policy = COMPILED.computeIfAbsent(rules(), SmallWorld::compiled);
        DirectoryPicture picture = picture();
        Map<ObjectGuid, Desire> desires = policy.desires(picture, NOW);
        List<PersonLink> known = users.keySet().stream()
                .map(user -> new PersonLink(guid(1), user, answering.isPresent() ? OTHERS : POLICY))
                .toList();
        Map<ObjectGuid, Whereabouts> places = whereabouts();
        Linking linking = Linker.link(
                policy,
                new LinkingInput(
                        picture.people(),
                        picture.memberships(),
                        desires,
                        users.values(),
                        known,
                        seen.equals("deleted") ? Set.of(guid(1)) : Set.of(),
                        Map.of(POLICY, 0, OTHERS, answering.orElse(0)),
                        Map.of(),
                        Set.of(),
                        SmallWorld.org(),
                        NOW));
        Plan plan = Planner.plan(
                policy,
                new PlanInput(
                        desires,
                        linking,
                        Sightings.of(picture, desires, places, linking, NOW),
                        users.values(),
                        frozen,
                        holds,
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        List.of(),
                        Map.of(),
                        Set.of(),
                        SmallWorld.org()));
        return words(linking, plan);
    }

    private PolicyRules rules() {
        return new Rules(SmallWorld.rules())
                .scope(new Scope(List.of(GROUP), Optional.of("user.?title.orValue('') != 'external'")))
                .attributes(new AttributeRule("EmployeeNumber", "user.employeeID", Apply.ALWAYS, OnNull.KEEP, false))
                .terms(new ConnectionTerms("", Set.of(), Set.of(), protectedNames, Set.of(), Set.of()))
                .lifecycle(lifecycle)
                .build();
    }

    private DirectoryPicture picture() {
        boolean inSearch = !seen.contains("moved out of search") && !seen.equals("deleted") && !seen.equals("absent");
        boolean inGroup = inSearch && !seen.contains("dropped from group");
        return SmallWorld.picture(
                inSearch ? List.of(person()) : List.of(),
                Map.of(GROUP, inGroup ? Set.of(guid(1)) : Set.of()),
                complete);
    }

    private Map<ObjectGuid, Whereabouts> whereabouts() {
        if (seen.contains("moved out of search")) {
            return Map.of(guid(1), new Whereabouts.Alive(person()));
        }
        return switch (seen) {
            case "deleted" -> Map.of(guid(1), new Whereabouts.Deleted());
            case "absent" -> Map.of(guid(1), new Whereabouts.NotFound());
            default -> Map.of();
        };
    }

    private Person person() {
        Person person = SmallWorld.person(1, attributes -> {
            if (seen.equals("not meant by where")) {
                attributes.put("title", "external");
            }
            if (seen.equals("a rule has no answer")) {
                attributes.remove("employeeID");
            }
            return attributes;
        });
        if (seen.startsWith("disabled")) {
            return SmallWorld.with(person, new AccountState(false, Optional.empty(), false));
        }
        return seen.startsWith("expired")
                ? SmallWorld.with(person, new AccountState(true, Optional.of(NOW.minusSeconds(1)), false))
                : person;
    }

    private static String words(Linking linking, Plan plan) {
        List<String> deeds = new ArrayList<>();
        Set<String> reasons = new TreeSet<>();
        for (Action action : plan.actions()) {
            reasons.add(action.reason());
            if (action instanceof Action.Reactivate back) {
                if (back.activate()) {
                    deeds.add("activate");
                }
                if (back.unfreeze()) {
                    deeds.add("unfreeze");
                }
            } else {
                deeds.add(deed(action));
            }
        }
        linking.problems().forEach(problem -> reasons.add(problem.code().name()));
        plan.leftAlone().forEach(left -> reasons.add(left.code()));
        return (deeds.isEmpty() ? "nothing" : String.join(", ", deeds))
                + (reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")");
    }

    private static String deed(Action action) {
        if (action instanceof Action.Create) {
            return "create";
        }
        if (action instanceof Action.Update) {
            return "update";
        }
        if (action instanceof Action.Freeze) {
            return "freeze";
        }
        return action instanceof Action.Deactivate
                ? "deactivate"
                : action.getClass().getSimpleName();
    }
}
