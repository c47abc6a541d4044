package dev.salesforcesync.soak;

import dev.salesforcesync.sandbox.Expectation.Expected;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares an org with what the directory and everything done by hand make of it. People and users belong together by
 * the employee's number, which the operator writes and never looks at when it links.
 */
final class Judge {
    private final Org org;
    private final List<Expected> expected;
    private final Memory memory;
    private final Wishes wishes;
    private final Map<String, List<Row>> users = new HashMap<>();
    private final Set<String> frozen;
    private final List<String> twice = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /**
     * What members of groups get.
     *
     * @param readers distinguished name of the group whose members get the profile Read Only; others get Standard User
     * @param sellers distinguished name of the group whose members get the role
     * @param role developer name
     */
    record Wishes(String readers, String sellers, String role) {}

    private Judge(Org org, List<Expected> expected, Memory memory, Wishes wishes) {
        this.org = org;
        this.expected = expected;
        this.memory = memory;
        this.wishes = wishes;
        org.records("User").stream()
                .filter(user -> !user.text("EmployeeNumber").isEmpty())
                .forEach(user -> users.computeIfAbsent(user.text("EmployeeNumber"), any -> new ArrayList<>())
                        .add(user));
        this.frozen = org.records("UserLogin").stream()
                .filter(login -> login.flag("IsFrozen"))
                .map(login -> login.text("UserId"))
                .collect(Collectors.toSet());
    }

    static Verdict judge(Org org, List<Expected> expected, Memory memory, Wishes wishes) {
        return new Judge(org, expected, memory, wishes).verdict();
    }

    private Verdict verdict() {
        users.forEach((employee, rows) -> {
            if (rows.size() > 1) {
                twice.add(employee + " has " + rows.size() + " users");
            }
        });
        memory.userOf.forEach((employee, user) -> {
            List<Row> now = users.getOrDefault(employee, List.of());
            if (now.stream().noneMatch(row -> row.id().equals(user))) {
                lost.add(employee + " has no longer the user " + user);
            }
        });
        Set<String> here = new HashSet<>();
        for (Expected person : expected) {
            if (person.active()) {
                here.add(person.employee());
                present(person);
            }
        }
        users.keySet().stream().filter(employee -> !here.contains(employee)).forEach(this::absent);
        byHand();
        return new Verdict(twice, lost, taken, wrong);
    }

    private void present(Expected person) {
        List<Row> rows = users.getOrDefault(person.employee(), List.of());
        if (rows.isEmpty()) {
            lost.add(person.employee() + " has no user");
            return;
        }
        Row user = rows.get(0);
        boolean byHand = memory.deactivatedByHand.contains(person.employee());
        if (byHand) {
            if (user.flag("IsActive")) {
                wrong.add(person.employee() + " was deactivated by hand and is active");
            }
            return;
        }
        boolean frozenByHand = memory.frozenByHand.contains(person.employee());
        if (!user.flag("IsActive")) {
            if (!frozenByHand || !memory.everGone.contains(person.employee())) {
                taken.add(person.employee() + " is not active");
            }
            return;
        }
        if (frozen.contains(user.id()) && !frozenByHand) {
            taken.add(person.employee() + " is frozen");
        } else if (frozenByHand && !frozen.contains(user.id())) {
            wrong.add(person.employee() + " was frozen by hand and is not");
        }
        if (!user.text("Username").equalsIgnoreCase(person.username())) {
            wrong.add(person.employee() + ": Username is '" + user.text("Username") + "', must be '" + person.username()
                    + "'");
        }
        // Whichever address waits for the user, it has taken the place of one asked for before, and no API shows it:
        // the
        // field counts once nothing waits.
        boolean pending = org.pendingEmail(user.id()).isPresent();
        person.differsFrom(Optional.of(user))
                .filter(text -> !(pending && text.contains(": Email is ")))
                .ifPresent(wrong::add);
        grants(person, user);
    }

    private void grants(Expected person, Row user) {
        String profile = person.groups().contains(wishes.readers()) ? "Read Only" : "Standard User";
        String has = name("Profile", "Name", user.text("ProfileId"));
        if (!has.equals(profile)) {
            wrong.add(person.employee() + ": profile is '" + has + "', must be '" + profile + "'");
        }
        if (person.groups().contains(wishes.sellers())) {
            String role = name("UserRole", "DeveloperName", user.text("UserRoleId"));
            if (!role.equals(wishes.role())) {
                wrong.add(person.employee() + ": role is '" + role + "', must be '" + wishes.role() + "'");
            }
        }
    }

    private String name(String type, String field, String id) {
        return org.record(type, id).map(row -> row.text(field)).orElse("");
    }

    private void absent(String employee) {
        users.getOrDefault(employee, List.of()).stream()
                .filter(user -> user.flag("IsActive"))
                .forEach(user -> wrong.add(employee + " has left and is still active"));
    }

    private void byHand() {
        memory.titles.forEach((id, title) -> {
            String now = org.record("User", id).map(row -> row.text("Title")).orElse("");
            if (!now.equals(title)) {
                wrong.add(id + ": the title given by hand is '" + now + "', must be '" + title + "'");
            }
        });
        memory.strangers.forEach((id, lastName) -> {
            Optional<Row> row = org.record("User", id);
            if (row.isEmpty()) {
                lost.add(id + ", whom nobody asked for");
            } else if (!row.get().flag("IsActive") || frozen.contains(id)) {
                taken.add(id + ", who stands for nobody");
            } else if (!row.get().text("LastName").equals(lastName)) {
                wrong.add(id + ", who stands for nobody, was changed");
            }
        });
        memory.assignments.stream()
                .filter(id -> org.record("PermissionSetAssignment", id).isEmpty())
                .forEach(id -> wrong.add("the assignment " + id + " made by hand is gone"));
    }
}
