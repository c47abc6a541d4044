package dev.salesforcesync.policy;

import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.policy.CompiledRights.GroupRight;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds the rules for permission sets, groups and queues against what the org offers and the connection allows. */
final class RightsCheck {
    private final PolicyRules rules;
    private final OrgDescription org;
    private final List<RuleProblem> problems;
    private final Set<String> userLicenses = new TreeSet<>();

    RightsCheck(PolicyRules rules, OrgDescription org, List<RuleProblem> problems) {
        this.rules = rules;
        this.org = org;
        this.problems = problems;
        rules.profiles().stream()
                .flatMap(rule -> org.profile(rule.name()).stream())
                .map(Profile::license)
                .forEach(userLicenses::add);
    }

    CompiledRights rights() {
        List<GroupRight> given = new ArrayList<>();
        List<GroupRight> denied = new ArrayList<>();
        new TreeMap<>(rules.rights()).forEach((kind, rights) -> {
            String path = "spec.entitlements." + field(kind);
            given.addAll(check(path + ".rules", kind, rights.rules(), true));
            denied.addAll(check(path + ".deny", kind, rights.denials(), false));
        });
        return new CompiledRights(given, denied);
    }

    private List<GroupRight> check(String path, EntitlementKind kind, List<GroupRights> rules, boolean granting) {
        Map<String, Entitlement> offered = org.entitlements(kind);
        List<GroupRight> found = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            List<String> names = rules.get(i).names();
            for (int j = 0; j < names.size(); j++) {
                String at = path + "[" + i + "].names[" + j + "]";
                Entitlement entitlement = offered.get(names.get(j));
                if (entitlement == null) {
                    problem(
                            at,
                            "the org has no " + words(kind) + " " + names.get(j)
                                    + OrgCheck.near(names.get(j), offered.keySet()));
                    continue;
                }
                if (granting) {
                    mayBeGranted(at, entitlement);
                }
                found.add(new GroupRight(rules.get(i).group(), entitlement));
            }
        }
        return found;
    }

    private void mayBeGranted(String path, Entitlement entitlement) {
        String what = "the " + words(entitlement.kind()) + " " + entitlement.name();
        boolean permissions = entitlement.kind() == EntitlementKind.PERMISSION_SET
                || entitlement.kind() == EntitlementKind.PERMISSION_SET_GROUP;
        Set<String> grantable = rules.connection().grantablePermissionSets();
        if (permissions
                && !grantable.contains(entitlement.name())
                && (entitlement.privileged() || !grantable.isEmpty())) {
            problem(
                    path,
                    "the connection does not allow " + what
                            + (entitlement.privileged() ? ", which may manage users or all data" : "")
                            + "; name it in spec.grantable.permissionSets of the connection");
        }
        if (rules.connection().protects(entitlement)) {
            problem(
                    path,
                    "the connection protects whoever holds " + what
                            + ", so its members would never be changed again; remove the rule, or the name from"
                            + " spec.protectedUsers.permissionSets of the connection");
        }
        entitlement
                .userLicense()
                .filter(license -> !userLicenses.isEmpty() && !userLicenses.contains(license))
                .ifPresent(license -> problem(
                        path,
                        what + " needs the user licence " + license
                                + ", which no profile of this policy has (they have " + String.join(", ", userLicenses)
                                + "); remove it, or give such a profile"));
    }

    /** The field of {@code spec.entitlements} that manages a kind. */
    static String field(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET -> "permissionSets";
            case PERMISSION_SET_GROUP -> "permissionSetGroups";
            case PERMISSION_SET_LICENSE -> "permissionSetLicenses";
            case PUBLIC_GROUP -> "publicGroups";
            case QUEUE -> "queues";
        };
    }

    private static String words(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET -> "permission set";
            case PERMISSION_SET_GROUP -> "permission-set group";
            case PERMISSION_SET_LICENSE -> "permission-set licence";
            case PUBLIC_GROUP -> "public group";
            case QUEUE -> "queue";
        };
    }

    private void problem(String path, String message) {
        problems.add(new RuleProblem(path, message));
    }
}
