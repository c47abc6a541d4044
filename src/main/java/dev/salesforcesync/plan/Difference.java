package dev.salesforcesync.plan;

import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Planner.PendingEmail;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.DesiredUser;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.Drift;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the owned fields whose values differ in what they mean, not in how they are written. */
final class Difference {
    private final PolicyRules rules;
    private final Naming naming;
    private final Map<SalesforceId, Map<String, String>> applied;
    private final Set<PendingEmail> pending;
    private int pendingVerification;
    private int drifted;

    Difference(PolicyRules rules, PlanInput input, Naming naming) {
        this.rules = rules;
        this.naming = naming;
        this.applied = input.applied();
        this.pending = input.pendingEmails().stream()
                .map(email -> new PendingEmail(email.user(), lower(email.email())))
                .collect(Collectors.toUnmodifiableSet());
    }

    int pendingVerification() {
        return pendingVerification;
    }

    int drifted() {
        return drifted;
    }

    SortedMap<String, Change> between(PersonLink link, SalesforceUser user, DesiredUser wanted) {
        SortedMap<String, Change> changes = new TreeMap<>();
        for (DesiredField field : wanted.fields()) {
            compare(user, field, changes);
        }
        wanted.profile().ifPresent(profile -> grant(user, Fields.PROFILE, profile, changes));
        wanted.role().ifPresent(role -> grant(user, Fields.ROLE, role, changes));
        String identity = link.person().toString();
        rules.anchorField().ifPresent(anchor -> {
            Optional<String> current = observed(user, anchor);
            if (current.filter(identity::equalsIgnoreCase).isEmpty()) {
                changes.put(anchor, new Change(current, Optional.of(identity), false));
            }
        });
        return changes;
    }

    private void compare(SalesforceUser user, DesiredField field, SortedMap<String, Change> changes) {
        Optional<String> current = observed(user, field.name());
        if (field.name().equals(Fields.USERNAME)) {
            naming.rename(user)
                    .ifPresent(name -> write(
                            user, field.name(), new Change(current, Optional.of(name), field.sensitive()), changes));
            return;
        }
        Optional<String> wanted = field.value().map(String::strip).filter(value -> !value.isEmpty());
        boolean due = field.apply() == Apply.ALWAYS || (field.apply() == Apply.IF_EMPTY && current.isEmpty());
        if (!due || same(field.name(), current, wanted)) {
            return;
        }
        if (field.name().equals(Fields.EMAIL)
                && wanted.filter(email -> pending.contains(new PendingEmail(user.id(), lower(email))))
                        .isPresent()) {
            pendingVerification++;
            return;
        }
        write(user, field.name(), new Change(current, wanted, field.sensitive()), changes);
    }

    /**
     * The change that makes a field refer to the user with that id; empty when it does so already, or is not due.
     *
     * @param newcomer whether the user was created and has not got everything yet
     */
    Optional<Change> reference(
            Optional<SalesforceUser> user, DesiredReference reference, Optional<String> wanted, boolean newcomer) {
        Optional<String> current =
                user.flatMap(any -> observed(any, reference.field())).map(Difference::fullId);
        boolean due = user.isEmpty()
                || (newcomer && current.isEmpty())
                || reference.apply() == Apply.ALWAYS
                || (reference.apply() == Apply.IF_EMPTY && current.isEmpty());
        if (!due || current.equals(wanted)) {
            return Optional.empty();
        }
        SortedMap<String, Change> changes = new TreeMap<>();
        Change change = new Change(current, wanted, reference.sensitive());
        if (user.isEmpty()) {
            return Optional.of(change);
        }
        write(user.get(), reference.field(), change, changes);
        return Optional.ofNullable(changes.get(reference.field()));
    }

    /** Ids come with 15 or 18 characters. */
    private static String fullId(String id) {
        try {
            return new SalesforceId(id).value();
        } catch (IllegalArgumentException none) {
            return id;
        }
    }

    private void grant(SalesforceUser user, String field, Grant wanted, SortedMap<String, Change> changes) {
        Optional<String> current = observed(user, field).map(id -> new SalesforceId(id).value());
        if (current.filter(wanted.id().value()::equals).isEmpty()) {
            write(user, field, new Change(current, Optional.of(wanted.id().value()), false), changes);
        }
    }

    private void write(SalesforceUser user, String field, Change change, SortedMap<String, Change> changes) {
        String before = applied.getOrDefault(user.id(), Map.of()).get(field);
        if (rules.drift() == Drift.REPORT
                && before != null
                && before.equals(Planner.digestOf(change.after().orElse("")))) {
            drifted++;
            return;
        }
        changes.put(field, change);
    }

    private static boolean same(String field, Optional<String> one, Optional<String> other) {
        return field.equals(Fields.EMAIL)
                ? one.map(Difference::lower).equals(other.map(Difference::lower))
                : one.equals(other);
    }

    /** Salesforce keeps no blanks at the ends, and no difference between empty and absent. */
    private static Optional<String> observed(SalesforceUser user, String field) {
        return user.field(field).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
