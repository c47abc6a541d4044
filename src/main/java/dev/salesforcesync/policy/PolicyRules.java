package dev.salesforcesync.policy;

import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one policy asks for, as written: expressions are still text. {@link PolicyCompiler} turns it into a
 * {@link CompiledPolicy} or says everything that is wrong with it.
 *
 * @param policy which policy, as {@code namespace/name}
 * @param priority a person claimed by two policies belongs to the higher one
 * @param scope who is meant
 * @param anchorField the User field that holds the objectGUID; empty when links are kept by the operator alone
 * @param links people linked by hand
 * @param matching how a person finds his Salesforce user at first contact, by precedence; empty for the user who has
 *     the name this person would get
 * @param variables named expressions that other expressions may use
 * @param lookups tables by name
 * @param attributes field rules; see {@link AttributeDefaults} for what holds when fields are not mentioned
 * @param usernames how user names are made
 * @param profiles which group gives which profile; the first match wins
 * @param roles which group gives which role, by developer name; the first match wins
 * @param rights which group gives which permission sets, groups and queues, by kind; kinds that are not in it are not
 *     touched
 * @param lifecycle what becomes of joiners, leavers and returners
 * @param drift what becomes of an owned field that somebody else changed in Salesforce
 * @param connection what the connection allows and protects
 * @param tests examples that must hold before the rules are accepted
 */
public record PolicyRules(
        String policy,
        int priority,
        Scope scope,
        Optional<String> anchorField,
        List<LinkByHand> links,
        List<MatchingKey> matching,
        List<Variable> variables,
        Map<String, Map<String, String>> lookups,
        List<AttributeRule> attributes,
        Usernames usernames,
        List<GroupGrant> profiles,
        List<GroupGrant> roles,
        Map<EntitlementKind, RightsRules> rights,
        Lifecycle lifecycle,
        Drift drift,
        ConnectionTerms connection,
        List<TestCase> tests) {
    public PolicyRules {
        links = List.copyOf(links);
        matching = List.copyOf(matching);
        variables = List.copyOf(variables);
        lookups = Map.copyOf(lookups);
        attributes = List.copyOf(attributes);
        profiles = List.copyOf(profiles);
        roles = List.copyOf(roles);
        rights = Map.copyOf(rights);
        tests = List.copyOf(tests);
    }

    /** Rules that say nothing but their name and which group gives which profile: everything else is the default. */
    public static PolicyRules defaults(String policy, List<GroupGrant> profiles) {
        return new PolicyRules(
                policy,
                0,
                Scope.EVERYBODY,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Usernames.DEFAULT,
                profiles,
                List.of(),
                Map.of(),
                Lifecycle.DEFAULT,
                Drift.HEAL,
                ConnectionTerms.NONE,
                List.of());
    }

    /** What of these rules says who is meant; beside that, all is the default, and nobody is to be written by them. */
    public PolicyRules scopeAlone() {
        return new PolicyRules(
                policy,
                priority,
                scope,
                Optional.empty(),
                List.of(),
                List.of(),
                variables,
                lookups,
                List.of(),
                Usernames.DEFAULT,
                List.of(),
                List.of(),
                Map.of(),
                Lifecycle.DEFAULT,
                Drift.HEAL,
                connection,
                List.of());
    }

    /** The same rules under other terms of the connection. */
    public PolicyRules under(ConnectionTerms terms) {
        return new PolicyRules(
                policy,
                priority,
                scope,
                anchorField,
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

    /**
     * Who is meant, among those whom the searches found.
     *
     * @param groups a person is meant when in at least one of them, nested or not; empty for no condition
     * @param where an expression of type bool; empty for no condition
     */
    public record Scope(List<String> groups, Optional<String> where) {
        public static final Scope EVERYBODY = new Scope(List.of(), Optional.empty());

        public Scope {
            groups = List.copyOf(groups);
        }
    }

    /** A person who stands for the user of that name because somebody said so. */
    public record LinkByHand(ObjectGuid person, String username) {}

    /** A person matches the user whose {@code field} equals the expression's value. */
    public record MatchingKey(String field, String expression) {}

    /** A named expression of type string. */
    public record Variable(String name, String expression) {}

    /**
     * How one field of User comes about.
     *
     * @param sensitive its values are shown nowhere
     */
    public record AttributeRule(String field, String expression, Apply apply, OnNull onNull, boolean sensitive) {}

    /** When a field is written. */
    public enum Apply {
        /** Whenever it differs. */
        ALWAYS,
        /** Only when the user is created. */
        ON_CREATE,
        /** Only while it is empty in Salesforce. */
        IF_EMPTY
    }

    /** What an expression without a value does to the field. */
    public enum OnNull {
        /** Empties it. */
        CLEAR,
        /** Leaves it as it is. */
        KEEP
    }

    /**
     * How user names are made.
     *
     * @param candidates expressions of type string, of which the first is used that gives a free name; empty for the
     *     default
     * @param rename whether a user name follows the person's changes after the user was created; who has any of his
     *     candidates keeps it
     */
    public record Usernames(List<String> candidates, boolean rename) {
        public static final Usernames DEFAULT = new Usernames(List.of(), false);

        public Usernames {
            candidates = List.copyOf(candidates);
        }
    }

    /** Membership of a group, nested or not, gives a profile or role of that name. */
    public record GroupGrant(String group, String name) {}

    /**
     * Who gets what of one kind: everything that any rule gives him, and nothing that a denial names.
     *
     * @param denials names that a group's members must not have, whoever gives them
     */
    public record RightsRules(Ownership ownership, List<GroupRights> rules, List<GroupRights> denials) {
        public RightsRules {
            rules = List.copyOf(rules);
            denials = List.copyOf(denials);
        }
    }

    /** Names, of one kind, for the members of a group, nested or not. */
    public record GroupRights(String group, List<String> names) {
        public GroupRights {
            names = List.copyOf(names);
        }
    }

    /** What becomes of rights that no rule gives. */
    public enum Ownership {
        /** Taken away if this operator gave them, left alone if somebody else did. */
        MERGE,
        /** Taken away, whoever gave them. */
        OWN
    }

    /** What becomes of an owned field that somebody else changed in Salesforce. */
    public enum Drift {
        /** It is written again. */
        HEAL,
        /** It is told and left alone, as far as it is known that we had written the desired value before. */
        REPORT
    }

    /**
     * What the connection says about every policy on it.
     *
     * @param usernameSuffix appended to default user names, such as {@code .uat}; may be empty
     * @param grantableProfiles the only profiles that policies may grant; empty for all but privileged ones
     * @param grantablePermissionSets the only permission sets and permission-set groups that policies may grant; empty
     *     for all but privileged ones
     * @param protectedUsernames users that nothing ever touches, compared without regard to case
     * @param protectedProfiles profiles whose users nothing ever touches
     * @param protectedPermissionSets permission sets whose holders nothing ever touches
     */
    public record ConnectionTerms(
            String usernameSuffix,
            Set<String> grantableProfiles,
            Set<String> grantablePermissionSets,
            Set<String> protectedUsernames,
            Set<String> protectedProfiles,
            Set<String> protectedPermissionSets) {
        public static final ConnectionTerms NONE =
                new ConnectionTerms("", Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

        public ConnectionTerms {
            grantableProfiles = Set.copyOf(grantableProfiles);
            grantablePermissionSets = Set.copyOf(grantablePermissionSets);
            protectedUsernames = Set.copyOf(protectedUsernames);
            protectedProfiles = Set.copyOf(protectedProfiles);
            protectedPermissionSets = Set.copyOf(protectedPermissionSets);
        }

        /** Whether whoever holds this is never touched. */
        public boolean protects(Entitlement entitlement) {
            return entitlement.kind() == EntitlementKind.PERMISSION_SET
                    && protectedPermissionSets.contains(entitlement.name());
        }
    }

    /**
     * An example: this person must get these values.
     *
     * @param user attributes of an enabled account
     * @param groups groups he is in, as the policy names them
     * @param expect values by field; {@code Profile} and {@code Role} stand for their names, an empty value for none,
     *     {@code PermissionSets} and the like for all names of that kind
     */
    public record TestCase(
            String name, Map<String, List<String>> user, List<String> groups, Map<String, String> expect) {
        public TestCase {
            user = Map.copyOf(user);
            groups = List.copyOf(groups);
            expect = Map.copyOf(expect);
        }
    }
}
