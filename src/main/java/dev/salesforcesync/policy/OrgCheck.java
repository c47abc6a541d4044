package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds rules against what the org says of itself. */
final class OrgCheck {
    /** Fields that have rules of their own. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "Username", "use spec.usernames",
            "ProfileId", "use spec.entitlements.profiles",
            "UserRoleId", "use spec.entitlements.roles",
            "IsActive", "use spec.lifecycle");

    private static final int GUID_LENGTH = 36;

    private final PolicyRules rules;
    private final OrgDescription org;
    private final List<RuleProblem> problems;

    OrgCheck(PolicyRules rules, OrgDescription org, List<RuleProblem> problems) {
        this.rules = rules;
        this.org = org;
        this.problems = problems;
    }

    /** The anchor, links by hand, and scope groups. */
    void names() {
        rules.anchorField().ifPresent(this::anchor);
        for (int i = 0; i < rules.scope().groups().size(); i++) {
            if (rules.scope().groups().get(i).isBlank()) {
                problem("spec.scope.groups[" + i + "]", "the name of the group is empty");
            }
        }
        Set<ObjectGuid> people = new HashSet<>();
        Set<String> usernames = new HashSet<>();
        for (int i = 0; i < rules.links().size(); i++) {
            LinkByHand link = rules.links().get(i);
            if (!people.add(link.person())) {
                problem("spec.links[" + i + "].objectGUID", "this person is linked by hand twice; remove one");
            }
            if (!usernames.add(link.username().toLowerCase(Locale.ROOT))) {
                problem("spec.links[" + i + "].username", "this user is linked by hand twice; remove one");
            }
        }
    }

    private void anchor(String name) {
        String path = "spec.anchor.field";
        writeable(path, name, Apply.ALWAYS).ifPresent(field -> {
            boolean unique = field.externalId() || name.equals("FederationIdentifier");
            if (!unique || !field.type().equals("string") || (field.length() > 0 && field.length() < GUID_LENGTH)) {
                problem(
                        path,
                        name + " cannot hold identities; use an external-id text field of at least " + GUID_LENGTH
                                + " characters");
            }
        });
    }

    Optional<UserField> attribute(String path, String name, Apply apply) {
        String elsewhere = ELSEWHERE.get(name);
        if (elsewhere != null) {
            problem(path, name + " has rules of its own: " + elsewhere);
            return Optional.empty();
        }
        if (rules.anchorField().filter(name::equals).isPresent()) {
            problem(path, name + " is the anchor and holds the objectGUID; remove the rule");
            return Optional.empty();
        }
        return writeable(path, name, apply);
    }

    Optional<UserField> writeable(String path, String name, Apply apply) {
        Optional<UserField> field = field(path, name);
        if (field.isPresent() && !writeable(field.get(), apply)) {
            problem(
                    path,
                    name
                            + (field.get().createable()
                                    ? " cannot be updated; set apply: OnCreate"
                                    : " cannot be written by the integration user"));
            return Optional.empty();
        }
        return field;
    }

    static boolean writeable(UserField field, Apply apply) {
        return field.createable() && (apply == Apply.ON_CREATE || field.updateable());
    }

    Optional<UserField> field(String path, String name) {
        UserField field = org.userFields().get(name);
        if (field != null) {
            return Optional.of(field);
        }
        String near = org.userFields().keySet().stream()
                .filter(name::equalsIgnoreCase)
                .sorted()
                .findFirst()
                .map(known -> "; did you mean " + known + "?")
                .orElse("; correct the name, or let the integration user see the field");
        problem(path, "User has no field " + name + near);
        return Optional.empty();
    }

    List<Grant> profiles() {
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < rules.profiles().size(); i++) {
            GroupGrant rule = rules.profiles().get(i);
            String path = "spec.entitlements.profiles[" + i + "].name";
            Optional<Profile> profile = org.profile(rule.name());
            if (profile.isEmpty()) {
                problem(
                        path,
                        "the org has no profile " + rule.name()
                                + near(rule.name(), org.profiles().keySet()));
                continue;
            }
            Set<String> grantable = rules.connection().grantableProfiles();
            if (!grantable.contains(rule.name()) && (profile.get().privileged() || !grantable.isEmpty())) {
                problem(
                        path,
                        "the connection does not allow the profile " + rule.name()
                                + (profile.get().privileged() ? ", which may manage users or all data" : "")
                                + "; name it in spec.grantable.profiles of the connection");
            }
            grants.add(new Grant(
                    rule.name(), profile.get().id(), rule.group(), profile.get().privileged()));
        }
        return List.copyOf(grants);
    }

    List<Grant> roles() {
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < rules.roles().size(); i++) {
            GroupGrant rule = rules.roles().get(i);
            SalesforceId role = org.roles().get(rule.name());
            if (role == null) {
                problem(
                        "spec.entitlements.roles[" + i + "].name",
                        "the org has no role with the developer name " + rule.name()
                                + near(rule.name(), org.roles().keySet()));
            } else {
                grants.add(new Grant(rule.name(), role, rule.group(), false));
            }
        }
        return List.copyOf(grants);
    }

    static String near(String name, Set<String> known) {
        return known.stream()
                .filter(name::equalsIgnoreCase)
                .sorted()
                .findFirst()
                .map(similar -> "; did you mean " + similar + "?")
                .orElse("; correct the name, or create it in Salesforce first");
    }

    private void problem(String path, String message) {
        problems.add(new RuleProblem(path, message));
    }
}
