package dev.salesforcesync.policy;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.compiled;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.rules;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.userOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.Linker.LinkingInput;
import dev.salesforcesync.policy.Linking.Code;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private Map<String, Set<ObjectGuid>> claims = Map.of();
    private static final PolicyRules MATCHING = new Rules(rules())
            .matching(
                    new MatchingKey("Username", "user.userPrincipalName"),
                    new MatchingKey("EmployeeNumber", "user.employeeID"))
            .build();

    @Test
    void matchesTheNameThePersonWouldGetWhereNoRuleSaysHow() {
        SalesforceUser named = userOf(1, Map.of("Username", "PERSON1@corp.EXAMPLE.com"));

        Linking linking = link(rules(), List.of(person(1), person(2)), List.of(named, userOf(7, Map.of())));

        assertThat(linking.links()).containsExactly(new PersonLink(guid(1), user(1), POLICY));
        assertThat(linking.unmatched()).containsExactly(guid(2));
        assertThat(linking.orphans()).containsExactly(user(7));
    }

    @Test
    void matchesByPrecedenceAndWithoutRegardToTheCaseOfUserNames() {
        Linking linking = link(
                MATCHING,
                List.of(person(1)),
                List.of(
                        userOf(1, Map.of("Username", "PERSON1@corp.EXAMPLE.com", "EmployeeNumber", "")),
                        userOf(2, Map.of("EmployeeNumber", "E1"))));

        assertThat(linking.links()).containsExactly(new PersonLink(guid(1), user(1), POLICY));
        assertThat(linking.found()).isEqualTo(linking.links());
        assertThat(linking.orphans()).containsExactly(user(2));
    }

    @Test
    void matchesInactiveUsersToo() {
        assertThat(link(MATCHING, List.of(person(1)), List.of(userOf(1, Map.of("IsActive", "false"))))
                        .links())
                .hasSize(1);
    }

    @Test
    void namesOnePersonWhoMatchesSeveralUsers() {
        Linking linking = link(
                MATCHING,
                List.of(person(1)),
                List.of(userOf(8, Map.of("EmployeeNumber", "E1")), userOf(9, Map.of("EmployeeNumber", "E1"))));

        assertThat(codes(linking)).containsExactly("AmbiguousMatch " + guid(1));
        assertThat(linking.unmatched()).isEmpty();
    }

    @Test
    void namesSeveralPeopleWhoMatchOneUser() {
        Person twin =
                new Person(guid(2), "CN=2", person(1).attributes(), person(1).account());

        Linking linking = link(MATCHING, List.of(person(1), twin), List.of(userOf(1, Map.of())));

        assertThat(codes(linking)).containsExactly("AmbiguousMatch " + guid(1), "AmbiguousMatch " + guid(2));
        assertThat(linking.links()).isEmpty();
    }

    @Test
    void remembersALinkWhateverHappensToNames() {
        Linking linking = link(
                MATCHING,
                List.of(person(1), person(2)),
                List.of(
                        userOf(1, Map.of("Username", "person2@corp.example.com", "EmployeeNumber", "E2")),
                        userOf(2, Map.of("Username", "person1@corp.example.com", "EmployeeNumber", "E1"))),
                new PersonLink(guid(1), user(1), POLICY),
                new PersonLink(guid(2), user(2), POLICY));

        assertThat(linking.links())
                .containsExactly(new PersonLink(guid(1), user(1), POLICY), new PersonLink(guid(2), user(2), POLICY));
        assertThat(linking.found()).isEmpty();
    }

    @Test
    void linksByHandBeforeItMatches() {
        PolicyRules byHand = new Rules(MATCHING)
                .links(new LinkByHand(guid(1), "ODD@example.com"), new LinkByHand(guid(2), "nobody@example.com"))
                .build();

        Linking linking = link(
                byHand,
                List.of(person(1), person(2)),
                List.of(userOf(1, Map.of()), userOf(9, Map.of("Username", "odd@example.com"))));

        assertThat(linking.links()).containsExactly(new PersonLink(guid(1), user(9), POLICY));
        assertThat(codes(linking)).containsExactly("LinkByHandNotFound " + guid(2));
    }

    @Test
    void linksByTheAnchorAndLeavesAForeignOneAlone() {
        PolicyRules anchored = new Rules(MATCHING).anchor("AD_ObjectGuid__c").build();

        Linking linking = link(
                anchored,
                List.of(person(1), person(2), person(3)),
                List.of(
                        userOf(9, Map.of("AD_ObjectGuid__c", guid(1).toString(), "EmployeeNumber", "")),
                        userOf(2, Map.of("AD_ObjectGuid__c", guid(77).toString())),
                        userOf(3, Map.of("AD_ObjectGuid__c", guid(78).toString()))),
                new PersonLink(guid(3), user(3), POLICY));

        assertThat(linking.links()).containsExactly(new PersonLink(guid(1), user(9), POLICY));
        assertThat(codes(linking)).containsExactly("ForeignAnchor " + guid(2), "ForeignAnchor " + guid(3));
    }

    @Test
    void neverLinksProtectedUsersNorOurselves() {
        PolicyRules guarded = new Rules(MATCHING)
                .terms(new ConnectionTerms(
                        "", Set.of(), Set.of(), Set.of("Person1@corp.example.com"), Set.of("Integration"), Set.of()))
                .build();

        Linking linking = link(
                guarded,
                List.of(person(1), person(2), person(900)),
                List.of(
                        userOf(1, Map.of()),
                        userOf(2, Map.of("ProfileId", SmallWorld.INTEGRATION.value())),
                        userOf(900, Map.of())));

        assertThat(linking.links()).isEmpty();
        assertThat(linking.unmatched()).isEmpty();
        assertThat(linking.orphans()).isEmpty();
        assertThat(codes(linking))
                .containsExactly("ProtectedUser " + guid(1), "ProtectedUser " + guid(2), "ProtectedUser " + guid(900));
    }

    @Test
    void leavesAPersonToThePolicyThatRanksAsHighOrHigherAndTakesOverFromTheRest() {
        PersonLink theirs = new PersonLink(guid(1), user(1), "apps/other");
        List<Person> people = List.of(person(1));
        List<SalesforceUser> users = List.of(userOf(1, Map.of()));

        assertThat(codes(link(rules(), people, users, Map.of(POLICY, 0, "apps/other", 0), Set.of(), theirs)))
                .containsExactly("ClaimedByOtherPolicy " + guid(1));
        assertThat(link(rules(), people, users, Map.of(POLICY, 0, "apps/other", -1), Set.of(), theirs)
                        .found())
                .containsExactly(new PersonLink(guid(1), user(1), POLICY));
        assertThat(link(rules(), people, users, Map.of(POLICY, 0), Set.of(), theirs)
                        .found())
                .containsExactly(new PersonLink(guid(1), user(1), POLICY));
    }

    @Test
    void takesOverWhomThePolicyOfHigherRankLetsGo() {
        PersonLink theirs = new PersonLink(guid(1), user(1), "apps/other");
        List<SalesforceUser> users = List.of(userOf(1, Map.of()));
        Map<String, Integer> priorities = Map.of(POLICY, 0, "apps/other", 10);

        claims = Map.of("apps/other", Set.of(guid(1)));
        assertThat(codes(link(rules(), List.of(person(1)), users, priorities, Set.of(), theirs)))
                .containsExactly("ClaimedByOtherPolicy " + guid(1));
        claims = Map.of("apps/other", Set.of(guid(2)));
        assertThat(link(rules(), List.of(person(1)), users, priorities, Set.of(), theirs)
                        .found())
                .containsExactly(new PersonLink(guid(1), user(1), POLICY));
    }

    @Test
    void leavesAloneWhoLeavesOurScopeAsLongAsAnotherPolicyMeansHim() {
        PersonLink ours = new PersonLink(guid(1), user(1), POLICY);
        List<SalesforceUser> users = List.of(userOf(1, Map.of()));

        claims = Map.of("apps/other", Set.of(guid(1)));
        Linking waits = link(rules(), List.of(), users, ours);
        assertThat(waits.links()).isEmpty();
        assertThat(codes(waits)).containsExactly("ClaimedByOtherPolicy " + guid(1));
        assertThat(link(rules(), List.of(person(1)), users, ours).links()).containsExactly(ours);
        claims = Map.of("apps/other", Set.of());
        assertThat(link(rules(), List.of(), users, ours).links()).containsExactly(ours);
    }

    @Test
    void findsTheOldUserOfSomebodyReHiredOnceTheOldEntryIsATombstone() {
        PersonLink old = new PersonLink(guid(50), user(1), POLICY);
        List<Person> people = List.of(person(1));
        List<SalesforceUser> users = List.of(userOf(1, Map.of()));

        assertThat(link(MATCHING, people, users, Map.of(), Set.of(), old).unmatched())
                .containsExactly(guid(1));
        assertThat(link(MATCHING, people, users, Map.of(), Set.of(guid(50)), old)
                        .links())
                .containsExactly(new PersonLink(guid(1), user(1), POLICY));
    }

    @Test
    void saysWhenALinkedUserIsNotThere() {
        Linking linking = link(rules(), List.of(), List.of(), new PersonLink(guid(1), user(1), POLICY));

        assertThat(codes(linking)).containsExactly("LinkedUserMissing " + guid(1));
    }

    @Test
    void comesToTheSameEndInTheNextRun() {
        Person alsoE2 = person(1, attributes -> {
            attributes.put("employeeID", "E2");
            return attributes;
        });
        List<SalesforceUser> users = List.of(userOf(2, Map.of()), userOf(7, Map.of("EmployeeNumber", "E2")));

        Linking first = link(MATCHING, List.of(alsoE2, person(2)), users);
        Linking second =
                link(MATCHING, List.of(alsoE2, person(2)), users, first.links().toArray(PersonLink[]::new));

        assertThat(second.links()).isEqualTo(first.links()).hasSize(2);
        assertThat(second.problems()).isEqualTo(first.problems());
    }

    private static List<String> codes(Linking linking) {
        return linking.problems().stream()
                .map(problem -> problem.code() + " " + problem.person().orElseThrow())
                .toList();
    }

    private Linking link(PolicyRules rules, List<Person> people, List<SalesforceUser> users, PersonLink... known) {
        return link(rules, people, users, Map.of(POLICY, 0), Set.of(), known);
    }

    private Linking link(
            PolicyRules rules,
            List<Person> people,
            List<SalesforceUser> users,
            Map<String, Integer> priorities,
            Set<ObjectGuid> tombstones,
            PersonLink... known) {
        CompiledPolicy policy = compiled(rules);
        Map<ObjectGuid, Person> byGuid = new HashMap<>();
        Map<ObjectGuid, Desire> desires = new HashMap<>();
        people.forEach(person -> {
            byGuid.put(person.guid(), person);
            desires.put(person.guid(), policy.desire(person, Set.of(), NOW));
        });
        Linking linking = Linker.link(
                policy,
                new LinkingInput(
                        byGuid,
                        Map.of(),
                        desires,
                        users,
                        List.of(known),
                        tombstones,
                        priorities,
                        claims,
                        Set.of(),
                        SmallWorld.org(),
                        NOW));
        assertThat(linking.problems()).extracting(Linking.LinkProblem::code).isSubsetOf(Code.values());
        return linking;
    }
}
