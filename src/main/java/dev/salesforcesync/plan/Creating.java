package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Plan.LeftAlone;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.DesiredUser;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.DesiredUser.Obstacle;
import dev.salesforcesync.policy.Sighting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans new users for those who are meant, are there, and have none. */
final class Creating {
    /** What Salesforce requires of a new user (Object Reference, User), beside the profile. */
    private static final List<String> REQUIRED = List.of(
            "Username",
            "LastName",
            "Email",
            "Alias",
            "TimeZoneSidKey",
            "LocaleSidKey",
            "EmailEncodingKey",
            "LanguageLocaleKey");

    private final CompiledPolicy policy;
    private final Rights rights;
    private final List<Action> actions = new ArrayList<>();
    private final List<LeftAlone> leftAlone = new ArrayList<>();
    private final Map<String, Integer> usernames = new HashMap<>();

    Creating(CompiledPolicy policy, PlanInput input, Rights rights, Collection<Action> others) {
        this.policy = policy;
        this.rights = rights;
        if (!policy.rules().lifecycle().create()) {
            return;
        }
        input.users().forEach(user -> claim(user.username()));
        others.forEach(this::rename);
        Map<ObjectGuid, DesiredUser> joiners = new TreeMap<>();
        for (ObjectGuid person : new TreeSet<>(input.linking().unmatched())) {
            Desire desire = input.desires().get(person);
            if (!(input.sightings().get(person) instanceof Sighting.Present)) {
                continue;
            }
            if (desire instanceof Desire.Problem problem) {
                leave(person, problem.code(), Optional.of(problem.field()), problem.message());
            } else if (desire instanceof Desire.Wanted wanted) {
                joiners.put(person, wanted.user());
                wanted.user().value(Fields.USERNAME).ifPresent(this::claim);
            }
        }
        joiners.forEach(this::create);
    }

    List<Action> actions() {
        return actions;
    }

    List<LeftAlone> leftAlone() {
        return leftAlone;
    }

    private void claim(String username) {
        usernames.merge(username.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }

    /** Users are renamed before others are created, so the old name is free by then. */
    private void rename(Action action) {
        Change change = action.changes().get(Fields.USERNAME);
        if (change != null) {
            change.before().ifPresent(name -> usernames.merge(name.toLowerCase(Locale.ROOT), -1, Integer::sum));
            change.after().ifPresent(this::claim);
        }
    }

    private void create(ObjectGuid person, DesiredUser wanted) {
        if (wanted.profile().isEmpty()) {
            leave(
                    person,
                    "NoProfile",
                    Optional.empty(),
                    "in none of the groups that give a profile, as far as they could be read; add the person to one, or a rule to"
                            + " spec.entitlements.profiles");
            return;
        }
        if (wanted.obstacle().isPresent()) {
            Obstacle obstacle = wanted.obstacle().get();
            leave(person, obstacle.code(), Optional.of(obstacle.field()), obstacle.message());
            return;
        }
        Optional<String> missing = REQUIRED.stream()
                .filter(field ->
                        wanted.value(field).filter(value -> !value.isBlank()).isEmpty())
                .findFirst();
        if (missing.isPresent()) {
            leave(
                    person,
                    "SalesforceRequiredFieldMissing",
                    missing,
                    "Salesforce requires " + missing.get() + " of a new user; fill the attribute in the directory, or"
                            + " give the rule a value for those who have none");
            return;
        }
        String username = wanted.value(Fields.USERNAME).orElseThrow().toLowerCase(Locale.ROOT);
        if (usernames.getOrDefault(username, 0) > 1) {
            leave(
                    person,
                    "SalesforceDuplicateUserName",
                    Optional.of(Fields.USERNAME),
                    "another user has the name this person would get; link them by spec.matching or spec.links, or make"
                            + " another name");
            return;
        }
        actions.add(new Action.Create(
                person,
                row(person, wanted),
                wanted.profile().filter(Grant::privileged).isPresent(),
                "InScope"));
        actions.addAll(rights.ofNew(person, wanted.rights()));
    }

    private SortedMap<String, Change> row(ObjectGuid person, DesiredUser wanted) {
        SortedMap<String, Change> row = new TreeMap<>();
        for (DesiredField field : wanted.fields()) {
            field.value()
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> row.put(field.name(), added(value, field.sensitive())));
        }
        wanted.profile()
                .ifPresent(profile -> row.put(Fields.PROFILE, added(profile.id().value(), false)));
        wanted.role().ifPresent(role -> row.put(Fields.ROLE, added(role.id().value(), false)));
        policy.rules().anchorField().ifPresent(anchor -> row.put(anchor, added(person.toString(), false)));
        return row;
    }

    private static Change added(String value, boolean sensitive) {
        return new Change(Optional.empty(), Optional.of(value), sensitive);
    }

    private void leave(ObjectGuid person, String code, Optional<String> field, String message) {
        leftAlone.add(new LeftAlone(person, Optional.empty(), code, true, field, message));
    }
}
