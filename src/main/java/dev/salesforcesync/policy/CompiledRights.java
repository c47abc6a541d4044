package dev.salesforcesync.policy;

import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.policy.DesiredRights.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which group gives and which denies which right.
 *
 * @param rules in the order of the policy, kind by kind
 */
record CompiledRights(List<GroupRight> rules, List<GroupRight> denials) {
    private static final Comparator<Entitlement> ORDER =
            Comparator.comparing(Entitlement::kind).thenComparing(Entitlement::name);

    CompiledRights {
        rules = List.copyOf(rules);
        denials = List.copyOf(denials);
    }

    /** A group and one right. */
    record GroupRight(String group, Entitlement entitlement) {}

    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        rules.forEach(rule -> groups.add(rule.group()));
        denials.forEach(rule -> groups.add(rule.group()));
        return groups;
    }

    /** The union of what his groups give, without what any of them denies. */
    DesiredRights of(Set<String> groups) {
        if (rules.isEmpty() && denials.isEmpty()) {
            return DesiredRights.NONE;
        }
        List<Right> denied = matching(denials, groups);
        return new DesiredRights(without(matching(rules, groups), entitlements(denied)), denied, true);
    }

    /** The same when not being in a group is not proven: what anybody may be denied is not given, nothing is denied. */
    DesiredRights unproven(DesiredRights seen) {
        Set<Entitlement> deniable = new HashSet<>();
        denials.forEach(denial -> deniable.add(denial.entitlement()));
        return new DesiredRights(without(seen.given(), deniable), List.of(), false);
    }

    private static List<Right> matching(List<GroupRight> rules, Set<String> groups) {
        Map<Entitlement, Set<String>> found = new TreeMap<>(ORDER);
        for (GroupRight rule : rules) {
            if (groups.contains(rule.group())) {
                found.computeIfAbsent(rule.entitlement(), any -> new TreeSet<>())
                        .add(rule.group());
            }
        }
        List<Right> rights = new ArrayList<>();
        found.forEach((entitlement, by) -> rights.add(new Right(entitlement, List.copyOf(by))));
        return rights;
    }

    private static Set<Entitlement> entitlements(Collection<Right> rights) {
        Set<Entitlement> entitlements = new HashSet<>();
        rights.forEach(right -> entitlements.add(right.entitlement()));
        return entitlements;
    }

    private static List<Right> without(Collection<Right> rights, Set<Entitlement> left) {
        return rights.stream()
                .filter(right -> !left.contains(right.entitlement()))
                .toList();
    }
}
