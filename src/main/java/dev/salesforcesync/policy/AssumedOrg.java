package dev.salesforcesync.policy;

import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.ApiUsage;
import dev.salesforcesync.model.OrgDescription.Organization;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.model.OrgDescription.RunningUser;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.expression.Compilation;
import dev.salesforcesync.policy.expression.ExpectedType;
import dev.salesforcesync.policy.expression.Expressions;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An org that has whatever the rules name and lets us do it: with it the rules are held against themselves, their
 * connection's terms and their own tests only. Standard fields are as long as Salesforce documents them; every other
 * field is of the type that its rule results in.
 */
final class AssumedOrg {
    private static final Map<EntitlementKind, String> PREFIXES = Map.of(
            EntitlementKind.PERMISSION_SET, "0PS",
            EntitlementKind.PERMISSION_SET_GROUP, "0PG",
            EntitlementKind.PERMISSION_SET_LICENSE, "0PL",
            EntitlementKind.PUBLIC_GROUP, "00G",
            EntitlementKind.QUEUE, "00G");

    /** Characters that the text fields of User hold (Object Reference, User). */
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("Alias", 8),
            Map.entry("City", 40),
            Map.entry("CommunityNickname", 40),
            Map.entry("CompanyName", 80),
            Map.entry("Country", 80),
            Map.entry("Department", 80),
            Map.entry("Division", 80),
            Map.entry("Email", 128),
            Map.entry("EmployeeNumber", 20),
            Map.entry("Extension", 40),
            Map.entry("Fax", 40),
            Map.entry("FederationIdentifier", 512),
            Map.entry("FirstName", 40),
            Map.entry("LastName", 80),
            Map.entry("MobilePhone", 40),
            Map.entry("Phone", 40),
            Map.entry("PostalCode", 20),
            Map.entry("State", 80),
            Map.entry("Street", 255),
            Map.entry("Title", 80),
            Map.entry("Username", 80));

    private AssumedOrg() {}

    static OrgDescription of(PolicyRules rules) {
        SalesforceId nobody = id("005", 1);
        return new OrgDescription(
                new Organization(id("00D", 1), "", "", false, ""),
                new RunningUser(nobody, "", ""),
                profiles(rules),
                roles(rules),
                List.of(),
                fields(rules),
                entitlements(rules),
                new ApiUsage(0, 0, Instant.EPOCH));
    }

    private static Map<String, Profile> profiles(PolicyRules rules) {
        return numbered(rules.profiles().stream().map(GroupGrant::name), "00e").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, named -> new Profile(named.getValue(), named.getKey(), "", false)));
    }

    private static Map<String, SalesforceId> roles(PolicyRules rules) {
        return numbered(rules.roles().stream().map(GroupGrant::name), "00E");
    }

    private static Map<EntitlementKind, Map<String, Entitlement>> entitlements(PolicyRules rules) {
        Map<EntitlementKind, Map<String, Entitlement>> offered = new EnumMap<>(EntitlementKind.class);
        rules.rights().forEach((kind, rights) -> offered.put(kind, offered(kind, rights)));
        return offered;
    }

    private static Map<String, Entitlement> offered(EntitlementKind kind, RightsRules rights) {
        Stream<String> names = Stream.of(rights.rules(), rights.denials())
                .flatMap(List::stream)
                .map(GroupRights::names)
                .flatMap(List::stream);
        return numbered(names, PREFIXES.getOrDefault(kind, "000")).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        named -> new Entitlement(kind, named.getValue(), named.getKey(), Optional.empty(), false)));
    }

    private static Map<String, SalesforceId> numbered(Stream<String> names, String prefix) {
        List<String> sorted = names.distinct().sorted().toList();
        Map<String, SalesforceId> ids = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            ids.put(sorted.get(i), id(prefix, i + 1));
        }
        return ids;
    }

    private static SalesforceId id(String prefix, int number) {
        return new SalesforceId(prefix + String.format("%012d", number));
    }

    private static Map<String, UserField> fields(PolicyRules rules) {
        Map<String, String> types = new HashMap<>();
        AttributeDefaults.ALL.forEach(standard -> types.put(standard.field(), "string"));
        types.put("Username", "string");
        rules.matching().stream().map(MatchingKey::field).forEach(name -> types.putIfAbsent(name, "string"));
        for (AttributeRule rule : rules.attributes()) {
            types.put(rule.field(), LENGTHS.containsKey(rule.field()) ? "string" : typeOf(rule.expression()));
        }
        rules.anchorField().ifPresent(name -> types.put(name, "string"));
        return types.entrySet().stream()
                .map(field -> field(
                        field.getKey(),
                        field.getValue(),
                        rules.anchorField().filter(field.getKey()::equals).isPresent()))
                .collect(Collectors.toMap(UserField::name, Function.identity()));
    }

    private static UserField field(String name, String type, boolean anchor) {
        return new UserField(
                name,
                type,
                LENGTHS.getOrDefault(name, 0),
                true,
                true,
                anchor,
                List.of(),
                type.equals("reference") ? List.of("User") : List.of());
    }

    private static String typeOf(String expression) {
        if (results(expression, ExpectedType.STRING)) {
            return "string";
        }
        if (results(expression, ExpectedType.BOOL)) {
            return "boolean";
        }
        return results(expression, ExpectedType.REFERENCE) ? "reference" : "string";
    }

    private static boolean results(String expression, ExpectedType type) {
        return Expressions.guarded().compile(expression, type) instanceof Compilation.Compiled;
    }
}
