package dev.salesforcesync.policy;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.Drift;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.PolicyRules.Scope;
import dev.salesforcesync.policy.PolicyRules.TestCase;
import dev.salesforcesync.policy.PolicyRules.Usernames;
import dev.salesforcesync.policy.PolicyRules.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules that differ from others in a few places. */
public final class Rules {
    private final PolicyRules from;
    private int priority;
    private Scope scope;
    private Optional<String> anchor;
    private List<LinkByHand> links;
    private List<MatchingKey> matching;
    private List<Variable> variables;
    private Map<String, Map<String, String>> lookups;
    private List<AttributeRule> attributes;
    private Usernames usernames;
    private List<GroupGrant> profiles;
    private List<GroupGrant> roles;
    private Map<EntitlementKind, RightsRules> rights;
    private Lifecycle lifecycle;
    private Drift drift;
    private ConnectionTerms terms;
    private List<TestCase> tests;

    public Rules(PolicyRules from) {
        this.from = from;
        priority = from.priority();
        scope = from.scope();
        anchor = from.anchorField();
        links = from.links();
        matching = from.matching();
        variables = from.variables();
        lookups = from.lookups();
        attributes = from.attributes();
        usernames = from.usernames();
        profiles = from.profiles();
        roles = from.roles();
        rights = from.rights();
        lifecycle = from.lifecycle();
        drift = from.drift();
        terms = from.connection();
        tests = from.tests();
    }

    public PolicyRules build() {
        return new PolicyRules(
                from.policy(),
                priority,
                scope,
                anchor,
                links,
                matching,
                variables,
                lookups,
                attributes,
                usernames,
                profiles,
                roles,
                rights,
                lifecycle,
                drift,
                terms,
                tests);
    }

    public Rules priority(int value) {
        priority = value;
        return this;
    }

    public Rules scope(Scope value) {
        scope = value;
        return this;
    }

    public Rules anchor(String value) {
        anchor = Optional.of(value);
        return this;
    }

    public Rules links(LinkByHand... value) {
        links = List.of(value);
        return this;
    }

    public Rules matching(MatchingKey... value) {
        matching = List.of(value);
        return this;
    }

    public Rules variables(Variable... value) {
        variables = List.of(value);
        return this;
    }

    public Rules lookups(Map<String, Map<String, String>> value) {
        lookups = value;
        return this;
    }

    public Rules attributes(AttributeRule... value) {
        attributes = List.of(value);
        return this;
    }

    public Rules usernames(Usernames value) {
        usernames = value;
        return this;
    }

    public Rules profiles(GroupGrant... value) {
        profiles = List.of(value);
        return this;
    }

    public Rules roles(GroupGrant... value) {
        roles = List.of(value);
        return this;
    }

    public Rules rights(Map<EntitlementKind, RightsRules> value) {
        rights = value;
        return this;
    }

    public Rules lifecycle(Lifecycle value) {
        lifecycle = value;
        return this;
    }

    public Rules drift(Drift value) {
        drift = value;
        return this;
    }

    public Rules terms(ConnectionTerms value) {
        terms = value;
        return this;
    }

    public Rules tests(TestCase... value) {
        tests = List.of(value);
        return this;
    }
}
