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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans new users for those who are meant, are there, and have none. */
public final class Creating {
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

    /** What Salesforce says of a name that is taken (DUPLICATE_USERNAME), said before it is asked. */
    public static final String NAMES_TAKEN = "SalesforceDuplicateUserName";

    private final CompiledPolicy policy;
    private final Rights rights;
    private final Naming naming;
    private final List<Action> actions = new ArrayList<>();
    private final List<LeftAlone> leftAlone = new ArrayList<>();

    Creating(CompiledPolicy policy, PlanInput input, Rights rights, Naming naming) {
        this.policy = policy;
        this.rights = rights;
        this.naming = naming;
        if (!policy.rules().lifecycle().create()) {
            return;
        }
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
            }
        }
        Map<ObjectGuid, String> names = new TreeMap<>();
        joiners.forEach((person, wanted) -> name(person, wanted).ifPresent(name -> names.put(person, name)));
        names.forEach((person, name) -> create(person, Objects.requireNonNull(joiners.get(person)), name));
    }

    List<Action> actions() {
        return actions;
    }

    List<LeftAlone> leftAlone() {
        return leftAlone;
    }

    /** The name for somebody who can be created. */
    private Optional<String> name(ObjectGuid person, DesiredUser wanted) {
        if (wanted.profile().isEmpty()) {
            leave(
                    person,
                    "NoProfile",
                    Optional.empty(),
                    "in none of the groups that give a profile, as far as they could be read; add the person to one, or a rule to"
                            + " spec.entitlements.profiles");
            return Optional.empty();
        }
        if (wanted.obstacle().isPresent()) {
            Obstacle obstacle = wanted.obstacle().get();
            leave(person, obstacle.code(), Optional.of(obstacle.field()), obstacle.message());
            return Optional.empty();
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
            return Optional.empty();
        }
        Optional<String> username = naming.claim(wanted.usernames());
        if (username.isEmpty()) {
            leave(
                    person,
                    NAMES_TAKEN,
                    Optional.of(Fields.USERNAME),
                    "every username that this person could get is taken, in this org or another one; link the person by"
                            + " spec.matching or spec.links, or add another form to usernames.candidates");
        }
        return username;
    }

    private void create(ObjectGuid person, DesiredUser wanted, String username) {
        actions.add(new Action.Create(
                person,
                row(person, wanted, username),
                naming.free(wanted.usernames()),
                wanted.profile().filter(Grant::privileged).isPresent(),
                "InScope"));
        actions.addAll(rights.ofNew(person, wanted.rights()));
    }

    private SortedMap<String, Change> row(ObjectGuid person, DesiredUser wanted, String username) {
        SortedMap<String, Change> row = new TreeMap<>();
        for (DesiredField field : wanted.fields()) {
            field.value()
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> row.put(field.name(), added(value, field.sensitive())));
        }
        row.put(Fields.USERNAME, added(username, false));
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
