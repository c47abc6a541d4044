package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.AnchorSpec;
import dev.salesforcesync.api.v1alpha1.AttributeRule;
import dev.salesforcesync.api.v1alpha1.EntitlementsSpec;
import dev.salesforcesync.api.v1alpha1.EntitlementsSpec.Assignments;
import dev.salesforcesync.api.v1alpha1.LifecycleSpec;
import dev.salesforcesync.api.v1alpha1.LinkSpec;
import dev.salesforcesync.api.v1alpha1.PolicyTest;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionSpec;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Turns the rules of a SyncPolicy from their versioned form into that of the pure core. */
final class RulesTranslation {
    private final ResourceName name;
    private final SyncPolicySpec spec;
    private final ConnectionTerms terms;

    RulesTranslation(ResourceName name, SyncPolicySpec spec, ConnectionTerms terms) {
        this.name = name;
        this.spec = spec;
        this.terms = terms;
    }

    Result<PolicyRules> translate() {
        return links().map(links -> new PolicyRules(
                name.toString(),
                spec.priority(),
                new PolicyRules.Scope(spec.scope().groups(), spec.scope().findWhere()),
                spec.findAnchor().map(AnchorSpec::field),
                links,
                spec.matching().stream()
                        .map(key -> new PolicyRules.MatchingKey(key.field(), key.expression()))
                        .toList(),
                spec.variables().entrySet().stream()
                        .map(variable -> new PolicyRules.Variable(variable.getKey(), variable.getValue()))
                        .toList(),
                spec.lookups(),
                spec.attributes().stream().map(RulesTranslation::attribute).toList(),
                new PolicyRules.Usernames(
                        spec.usernames().candidates(), spec.usernames().rename()),
                grants(spec.entitlements().profiles()),
                grants(spec.entitlements().roles()),
                rights(spec.entitlements()),
                lifecycle(),
                spec.drift() == SyncPolicySpec.Drift.REPORT ? PolicyRules.Drift.REPORT : PolicyRules.Drift.HEAL,
                terms,
                spec.tests().stream().map(RulesTranslation::test).toList()));
    }

    private Result<List<LinkByHand>> links() {
        List<LinkByHand> links = new ArrayList<>();
        for (int i = 0; i < spec.links().size(); i++) {
            LinkSpec link = spec.links().get(i);
            try {
                links.add(new LinkByHand(ObjectGuid.parse(link.objectGUID()), link.username()));
            } catch (IllegalArgumentException e) {
                return Result.failed(new Failure.Terminal(
                        "RulesRefused", "spec.links[" + i + "].objectGUID must be an objectGUID in its text form"));
            }
        }
        return Result.ok(links);
    }

    private static PolicyRules.AttributeRule attribute(AttributeRule rule) {
        return new PolicyRules.AttributeRule(
                rule.field(),
                rule.expression(),
                switch (rule.apply()) {
                    case ON_CREATE -> Apply.ON_CREATE;
                    case IF_EMPTY -> Apply.IF_EMPTY;
                    default -> Apply.ALWAYS;
                },
                rule.onNull() == AttributeRule.OnNull.CLEAR ? OnNull.CLEAR : OnNull.KEEP,
                rule.sensitive());
    }

    private static List<GroupGrant> grants(List<EntitlementsSpec.Grant> grants) {
        return grants.stream()
                .map(grant -> new GroupGrant(grant.group(), grant.name()))
                .toList();
    }

    private static Map<EntitlementKind, RightsRules> rights(EntitlementsSpec spec) {
        Map<EntitlementKind, RightsRules> rights = new EnumMap<>(EntitlementKind.class);
        BiConsumer<EntitlementKind, Assignments> add = (kind, given) -> rights.put(
                kind,
                new RightsRules(
                        given.ownership() == Assignments.Ownership.OWN ? Ownership.OWN : Ownership.MERGE,
                        given.rules().stream()
                                .map(rule -> new GroupRights(rule.group(), rule.names()))
                                .toList(),
                        given.deny().stream()
                                .map(denial -> new GroupRights(denial.group(), denial.names()))
                                .toList()));
        spec.findPermissionSets().ifPresent(given -> add.accept(EntitlementKind.PERMISSION_SET, given));
        spec.findPermissionSetGroups().ifPresent(given -> add.accept(EntitlementKind.PERMISSION_SET_GROUP, given));
        spec.findPermissionSetLicenses().ifPresent(given -> add.accept(EntitlementKind.PERMISSION_SET_LICENSE, given));
        spec.findPublicGroups().ifPresent(given -> add.accept(EntitlementKind.PUBLIC_GROUP, given));
        spec.findQueues().ifPresent(given -> add.accept(EntitlementKind.QUEUE, given));
        return rights;
    }

    private Lifecycle lifecycle() {
        LifecycleSpec given = spec.lifecycle();
        return new Lifecycle(
                given.create(),
                given.update(),
                leave(given.whenDisabled()),
                leave(given.whenDeleted()),
                leave(given.whenOutOfScope()),
                given.whenBack() == LifecycleSpec.Return.REACTIVATE
                        ? Lifecycle.Return.REACTIVATE
                        : Lifecycle.Return.NONE);
    }

    private static Lifecycle.Leave leave(LifecycleSpec.Leaving leaving) {
        return switch (leaving) {
            case FREEZE -> Lifecycle.Leave.FREEZE;
            case DEACTIVATE -> Lifecycle.Leave.DEACTIVATE;
            case FREEZE_THEN_DEACTIVATE -> Lifecycle.Leave.FREEZE_THEN_DEACTIVATE;
            case NONE, UNRECOGNIZED -> Lifecycle.Leave.NONE;
        };
    }

    static ConnectionTerms terms(SalesforceConnectionSpec connection) {
        return new ConnectionTerms(
                connection.findUsernameSuffix().orElse(""),
                new HashSet<>(connection.grantable().profiles()),
                new HashSet<>(connection.grantable().permissionSets()),
                new HashSet<>(connection.protectedUsers().usernames()),
                new HashSet<>(connection.protectedUsers().profiles()),
                new HashSet<>(connection.protectedUsers().permissionSets()));
    }

    private static PolicyRules.TestCase test(PolicyTest test) {
        Map<String, List<String>> user = new HashMap<>();
        test.user().forEach((attribute, value) -> user.put(attribute, values(value)));
        Map<String, String> expect = new HashMap<>();
        test.expect().forEach((field, value) -> expect.put(field, String.valueOf(value)));
        return new PolicyRules.TestCase(test.name(), user, test.groups(), expect);
    }

    private static List<String> values(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }
}
