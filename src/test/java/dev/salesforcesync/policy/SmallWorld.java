package dev.salesforcesync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.ApiUsage;
import dev.salesforcesync.model.OrgDescription.Organization;
import dev.salesforcesync.model.OrgDescription.Profile;
import dev.salesforcesync.model.OrgDescription.RunningUser;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A small org and the people of a small directory. */
public final class SmallWorld {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final String POLICY = "apps/people";
    public static final SalesforceId STANDARD = id("00e", 1);
    public static final SalesforceId ADMIN = id("00e", 2);
    public static final SalesforceId INTEGRATION = id("00e", 3);
    public static final SalesforceId ROLE = id("00E", 1);
    public static final SalesforceId OURSELVES = user(900);

    private SmallWorld() {}

    public static SalesforceId id(String prefix, int number) {
        return new SalesforceId(prefix + String.format("%012d", number));
    }

    public static SalesforceId user(int number) {
        return id("005", number);
    }

    public static ObjectGuid guid(int number) {
        return new ObjectGuid(new UUID(0x1234_0000_0000_0000L + number, number));
    }

    public static OrgDescription org() {
        Map<String, UserField> fields = new TreeMap<>();
        for (UserField field : List.of(
                text("Username", 80),
                text("LastName", 80),
                text("FirstName", 40),
                text("Email", 128),
                text("Alias", 8),
                text("CommunityNickname", 40),
                text("Department", 80),
                text("EmployeeNumber", 20),
                text("Title", 80),
                text("FederationIdentifier", 512),
                new UserField("AD_ObjectGuid__c", "string", 36, true, true, true, List.of()),
                new UserField("Short__c", "string", 20, true, true, true, List.of()),
                new UserField("LastLoginDate", "datetime", 0, false, false, false, List.of()),
                new UserField("ContactId", "reference", 18, true, false, false, List.of(), List.of("Contact")),
                new UserField("ManagerId", "reference", 18, true, true, false, List.of(), List.of("User")),
                new UserField(
                        "DelegatedApproverId", "reference", 18, true, true, false, List.of(), List.of("Group", "User")),
                new UserField("UserPermissionsMarketingUser", "boolean", 0, true, true, false, List.of()),
                picklist("EmailEncodingKey", "UTF-8", "ISO-8859-1"),
                picklist("LanguageLocaleKey", "en_US", "de"),
                picklist("LocaleSidKey", "en_US", "de_DE"),
                picklist("TimeZoneSidKey", "America/Los_Angeles", "Europe/Berlin"))) {
            fields.put(field.name(), field);
        }
        return new OrgDescription(
                new Organization(id("00D", 1), "Example", "Enterprise Edition", true, "CS1"),
                new RunningUser(OURSELVES, "integration@example.com", "Integration"),
                Map.of(
                        "Standard User", new Profile(STANDARD, "Standard User", "Salesforce", false),
                        "System Administrator", new Profile(ADMIN, "System Administrator", "Salesforce", true),
                        "Integration", new Profile(INTEGRATION, "Integration", "Salesforce", false)),
                Map.of("Sales", ROLE),
                List.of(),
                fields,
                RIGHTS,
                new ApiUsage(0, 1000, NOW));
    }

    /** What the org offers beside profiles and roles. */
    private static final Map<EntitlementKind, Map<String, Entitlement>> RIGHTS = rights(
            right(EntitlementKind.PERMISSION_SET, "0PS", 1, "Sales_Cloud", "Salesforce", false),
            right(EntitlementKind.PERMISSION_SET, "0PS", 2, "Report_Reader", "", false),
            right(EntitlementKind.PERMISSION_SET, "0PS", 3, "Full_Access", "", true),
            right(EntitlementKind.PERMISSION_SET, "0PS", 4, "Break_Glass", "", true),
            right(EntitlementKind.PERMISSION_SET, "0PS", 5, "Platform_Only", "Salesforce Platform", false),
            right(EntitlementKind.PERMISSION_SET_GROUP, "0PG", 1, "Field_Sales", "", false),
            right(EntitlementKind.PERMISSION_SET_GROUP, "0PG", 2, "Super_Users", "", true),
            right(EntitlementKind.PERMISSION_SET_LICENSE, "0PL", 1, "SalesConsoleUser", "", false),
            right(EntitlementKind.PUBLIC_GROUP, "00G", 1, "Everyone_North", "", false),
            right(EntitlementKind.QUEUE, "00G", 2, "Leads_North", "", false));

    private static Entitlement right(
            EntitlementKind kind, String prefix, int number, String name, String license, boolean privileged) {
        return new Entitlement(
                kind, id(prefix, number), name, Optional.of(license).filter(text -> !text.isEmpty()), privileged);
    }

    private static Map<EntitlementKind, Map<String, Entitlement>> rights(Entitlement... all) {
        Map<EntitlementKind, Map<String, Entitlement>> rights = new EnumMap<>(EntitlementKind.class);
        for (Entitlement one : all) {
            rights.computeIfAbsent(one.kind(), any -> new HashMap<>()).put(one.name(), one);
        }
        return rights;
    }

    /** A right of that name. */
    public static Entitlement right(EntitlementKind kind, String name) {
        return Objects.requireNonNull(org().entitlements(kind).get(name));
    }

    private static UserField text(String name, int length) {
        return new UserField(name, "string", length, true, true, false, List.of());
    }

    private static UserField picklist(String name, String... values) {
        return new UserField(name, "picklist", 40, true, true, false, List.of(values));
    }

    public static PolicyRules rules() {
        return PolicyRules.defaults(POLICY, List.of(new GroupGrant("SF-Users", "Standard User")));
    }

    public static CompiledPolicy compiled(PolicyRules rules) {
        PolicyCompilation compilation = PolicyCompiler.compile(rules, org());
        assertThat(compilation).isInstanceOf(PolicyCompilation.Accepted.class);
        return ((PolicyCompilation.Accepted) compilation).policy();
    }

    public static List<RuleProblem> refused(PolicyRules rules) {
        PolicyCompilation compilation = PolicyCompiler.compile(rules, org());
        assertThat(compilation).isInstanceOf(PolicyCompilation.Refused.class);
        return ((PolicyCompilation.Refused) compilation).problems();
    }

    /** An enabled person with the attributes that the defaults need. */
    public static Person person(int number) {
        return person(number, UnaryOperator.identity());
    }

    public static Person person(int number, UnaryOperator<Map<String, String>> change) {
        Map<String, String> attributes = new HashMap<>(Map.of(
                "sAMAccountName", "person" + number,
                "userPrincipalName", "Person" + number + "@Corp.Example.com",
                "mail", "person" + number + "@example.com",
                "givenName", "Given" + number,
                "sn", "Family" + number,
                "employeeID", "E" + number));
        Map<String, List<String>> values = new HashMap<>();
        change.apply(attributes).forEach((name, value) -> values.put(name, List.of(value)));
        return new Person(guid(number), "CN=Person " + number + ",DC=example", values, AccountState.ACTIVE);
    }

    public static Person with(Person person, AccountState account) {
        return new Person(person.guid(), person.dn(), person.attributes(), account);
    }

    /** What the defaults make of {@link #person(int)}, as Salesforce would show it. */
    public static SalesforceUser userOf(int number, Map<String, String> different) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "Username", "person" + number + "@corp.example.com",
                "Email", "person" + number + "@example.com",
                "FirstName", "Given" + number,
                "LastName", "Family" + number,
                "EmployeeNumber", "E" + number,
                "IsActive", "true",
                "ProfileId", STANDARD.value()));
        fields.putAll(different);
        fields.values().removeIf(String::isEmpty);
        return new SalesforceUser(user(number), fields, NOW);
    }

    public static DirectoryPicture picture(
            Collection<Person> people, Map<String, Set<ObjectGuid>> memberships, boolean complete) {
        Map<ObjectGuid, Person> byGuid = new HashMap<>();
        people.forEach(person -> byGuid.put(person.guid(), person));
        return new DirectoryPicture(
                byGuid,
                memberships,
                new ArrayList<>(),
                complete
                        ? new Completeness.Proven("counted")
                        : new Completeness.Unproven("SizeLimitExceeded", "raise the limit"),
                NOW);
    }
}
