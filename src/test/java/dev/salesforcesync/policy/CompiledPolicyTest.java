package dev.salesforcesync.policy;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Scope;
import dev.salesforcesync.policy.PolicyRules.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompiledPolicyTest {

    @Test
    void makesAUserOfDefaultsAlone() {
        DesiredUser user = wanted(rules(), person(1), Set.of("SF-Users"));

        Map<String, String> values = new HashMap<>();
        user.fields().forEach(field -> values.put(field.name(), field.value().orElse("")));
        assertThat(values)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("Username", "person1@corp.example.com"),
                        Map.entry("Email", "person1@example.com"),
                        Map.entry("FirstName", "Given1"),
                        Map.entry("LastName", "Family1"),
                        Map.entry("Alias", "person1"),
                        Map.entry("CommunityNickname", "person1"),
                        Map.entry("EmailEncodingKey", "UTF-8"),
                        Map.entry("LanguageLocaleKey", "en_US"),
                        Map.entry("LocaleSidKey", "en_US"),
                        Map.entry("TimeZoneSidKey", "America/Los_Angeles"),
                        Map.entry("Department", ""),
                        Map.entry("EmployeeNumber", "E1")));
        assertThat(user.profile().map(DesiredUser.Grant::group)).contains("SF-Users");
    }

    @Test
    void wantsNothingThatRestsOnNotBeingInAGroupWhileTheReadWasIncomplete() {
        PolicyRules rules = new Rules(rules())
                .variables(new Variable("team", "inGroup(groups, 'SF-Users') ? 'in' : 'out'"))
                .attributes(
                        new AttributeRule("Title", "variables.team", Apply.ALWAYS, OnNull.KEEP, false),
                        new AttributeRule("Department", "user.department", Apply.ALWAYS, OnNull.KEEP, false))
                .build();

        assertThat(fieldsWanted(rules, true)).contains("Title", "Department");
        assertThat(fieldsWanted(rules, false)).contains("Department").doesNotContain("Title");
    }

    private static List<String> fieldsWanted(PolicyRules rules, boolean complete) {
        Person anna = person(1, attributes -> {
            attributes.put("department", "Sales");
            return attributes;
        });
        Desire desire = compiled(rules)
                .desires(SmallWorld.picture(List.of(anna), Map.of(), complete), NOW)
                .get(anna.guid());
        assertThat(desire).isInstanceOf(Desire.Wanted.class);
        return ((Desire.Wanted) Objects.requireNonNull(desire))
                .user().fields().stream().map(DesiredUser.DesiredField::name).toList();
    }

    @Test
    void writesSomeDefaultsOnCreationOnly() {
        assertThat(wanted(rules(), person(1), Set.of()).fields().stream()
                        .filter(field -> field.apply() == Apply.ON_CREATE)
                        .map(DesiredUser.DesiredField::name))
                .containsExactly(
                        "Alias",
                        "CommunityNickname",
                        "EmailEncodingKey",
                        "LanguageLocaleKey",
                        "LocaleSidKey",
                        "TimeZoneSidKey",
                        "Username");
    }

    @Test
    void cutsDefaultsToWhatTheOrgHoldsWithoutCuttingALetterInTwo() {
        Person awkward = person(1, attributes -> {
            attributes.put("sn", "ß".repeat(300));
            attributes.put("givenName", "x".repeat(39) + "😀😀");
            attributes.put("sAMAccountName", "😀".repeat(30));
            attributes.put("preferredLanguage", "xx-YY");
            return attributes;
        });

        DesiredUser user = wanted(rules(), awkward, Set.of());

        assertThat(user.value("LastName").orElseThrow()).hasSize(80);
        assertThat(user.value("FirstName")).contains("x".repeat(39));
        assertThat(user.value("Alias")).contains("😀".repeat(4));
        assertThat(user.value("CommunityNickname")).contains("😀".repeat(20));
        assertThat(user.value("LocaleSidKey")).contains("en_US");
    }

    @Test
    void namesThePersonsProblemWhereARuleOfOnesOwnDoesNotFit() {
        assertThat(problem(rule("Department", "user.secret"))).isEqualTo("Department AttributeMissing");
        assertThat(problem(rule("EmployeeNumber", "'x'.replace('x', 'twenty-one characters')")))
                .isEqualTo("EmployeeNumber ValueTooLong");
        assertThat(problem(rule("LanguageLocaleKey", "'klingon'"))).isEqualTo("LanguageLocaleKey ValueNotInPicklist");
    }

    @Test
    void letsAFieldOfCreationStandInTheWayOfCreationOnly() {
        DesiredUser user = wanted(
                rules(),
                person(1, attributes -> {
                    attributes.remove("userPrincipalName");
                    return attributes;
                }),
                Set.of());

        assertThat(user.obstacle().map(DesiredUser.Obstacle::field)).contains("Username");
        assertThat(user.value("LastName")).contains("Family1");
    }

    @Test
    void keepsWhatItIsToldToKeepAndClearsTheRest() {
        PolicyRules rules = new Rules(rules())
                .attributes(
                        new AttributeRule("Title", "user.?title.orValue('')", Apply.ALWAYS, OnNull.KEEP, false),
                        new AttributeRule(
                                "Department", "user.?department.orValue('')", Apply.ALWAYS, OnNull.CLEAR, true),
                        new AttributeRule("FirstName", "skip()", Apply.ALWAYS, OnNull.CLEAR, false))
                .build();

        DesiredUser user = wanted(rules, person(1), Set.of());

        assertThat(user.fields().stream().map(DesiredUser.DesiredField::name))
                .contains("Department", "LastName", "Username")
                .doesNotContain("Title", "FirstName", "EmployeeNumber");
        assertThat(user.value("Department")).isEmpty();
        assertThat(user.fields().stream().filter(field -> field.apply() != Apply.ON_CREATE))
                .extracting(DesiredUser.DesiredField::name)
                .containsExactly("Department");
    }

    @Test
    void decidesWhoIsMeant() {
        PolicyRules rules = new Rules(rules())
                .scope(new Scope(List.of("A", "B"), Optional.of("!user.sAMAccountName.endsWith('2')")))
                .build();

        assertThat(desire(rules, person(1), Set.of("B"))).isInstanceOf(Desire.Wanted.class);
        assertThat(desire(rules, person(1), Set.of("C")))
                .isEqualTo(new Desire.OutOfScope(person(1).guid(), "in none of the groups"));
        assertThat(desire(rules, person(2), Set.of("A")))
                .isEqualTo(new Desire.OutOfScope(person(2).guid(), "not meant by scope.where"));
        assertThat(desire(
                        rules,
                        person(3, attributes -> {
                            attributes.remove("sAMAccountName");
                            return attributes;
                        }),
                        Set.of("A")))
                .isInstanceOf(Desire.Problem.class);
    }

    @Test
    void givesTheFirstProfileThatMatchesAndReadsVariablesInOrder() {
        PolicyRules rules = new Rules(rules())
                .profiles(new GroupGrant("X", "Integration"), new GroupGrant("SF-Users", "Standard User"))
                .roles(new GroupGrant("SF-Users", "Sales"))
                .variables(new Variable("a", "user.sn"), new Variable("b", "variables.a + '!'"))
                .attributes(rule("Title", "variables.b"))
                .build();

        DesiredUser user = wanted(rules, person(1), Set.of("SF-Users", "X"));

        assertThat(user.profile().map(DesiredUser.Grant::name)).contains("Integration");
        assertThat(user.role().map(DesiredUser.Grant::name)).contains("Sales");
        assertThat(user.value("Title")).contains("Family1!");
        assertThat(wanted(rules, person(1), Set.of()).profile()).isEmpty();
    }

    private static String problem(AttributeRule rule) {
        Desire desire = desire(new Rules(rules()).attributes(rule).build(), person(1), Set.of());
        Desire.Problem problem = (Desire.Problem) desire;
        assertThat(problem.message()).doesNotContain("Family1", "klingon", "twenty");
        return problem.field() + " " + problem.code();
    }

    private static AttributeRule rule(String field, String expression) {
        return new AttributeRule(field, expression, Apply.ALWAYS, OnNull.CLEAR, false);
    }

    private static DesiredUser wanted(PolicyRules rules, Person person, Set<String> groups) {
        return ((Desire.Wanted) desire(rules, person, groups)).user();
    }

    private static Desire desire(PolicyRules rules, Person person, Set<String> groups) {
        return compiled(rules).desire(person, groups, NOW);
    }
}
