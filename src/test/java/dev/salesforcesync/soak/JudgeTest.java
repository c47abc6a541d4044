package dev.salesforcesync.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.Expectation.Expected;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forged orgs: whatever can be wrong is found, under its name. */
class JudgeTest {
    private static final Judge.Wishes WISHES = new Judge.Wishes("CN=readers", "CN=sellers", "Sales_Representative");

    private final Org org = new Org(
            OrgSettings.builder("judged").emailChangeNeedsVerification(false).build());
    private final Memory memory = new Memory();
    private String anna;

    @BeforeEach
    void begin() {
        anna = user("E1", "anna");
        memory.hired.add("E1");
        memory.userOf.put("E1", anna);
    }

    @AfterEach
    void close() {
        org.close();
    }

    private String user(String employee, String name) {
        return user(org, employee, name);
    }

    private static String user(Org org, String employee, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Username", name + "@example.com");
        fields.put("LastName", "Last");
        fields.put("FirstName", "First");
        fields.put("Department", "Sales");
        fields.put("Email", "anna@example.com");
        fields.put("EmployeeNumber", employee);
        fields.put("Alias", name);
        fields.put("ProfileId", profile(org, "Standard User"));
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("LanguageLocaleKey", "de");
        fields.put("EmailEncodingKey", "UTF-8");
        String admin = org.user(org.settings().adminUsername()).orElseThrow().id();
        return org.write(
                        admin,
                        WriteRequest.of(
                                WriteRequest.Kind.CREATE, List.of(new InputRow("User", Optional.empty(), fields))))
                .get(0)
                .id()
                .orElseThrow();
    }

    private static String profile(Org org, String name) {
        return org.recordsBy("Profile", "Name", name).get(0).id();
    }

    private void edit(String field, Object value) {
        assertThat(org.editAsHuman("User", anna, Map.of(field, value)).success())
                .isTrue();
    }

    private void freeze() {
        String login = org.recordsBy("UserLogin", "UserId", anna).get(0).id();
        org.editAsHuman("UserLogin", login, Map.of("IsFrozen", true));
    }

    private static Expected expected(boolean active, String... groups) {
        return new Expected(
                "anna@example.com", active, "Last", "First", "anna@example.com", "Sales", "E1", Set.of(groups));
    }

    private Verdict judged(Expected... people) {
        return Judge.judge(org, List.of(people), memory, WISHES);
    }

    @Test
    void findsNothingWrongWhereNothingIs() {
        assertThat(judged(expected(true)).all()).isEmpty();
    }

    @Test
    void findsSomebodyCreatedTwice() {
        user("E1", "anna2");

        assertThat(judged(expected(true)).twice()).containsExactly("E1 has 2 users");
    }

    @Test
    void findsSomebodyWhoNeverCame() {
        Expected bert =
                new Expected("bert@example.com", true, "Last", "First", "b@example.com", "Sales", "E2", Set.of());

        assertThat(judged(expected(true), bert).lost()).containsExactly("E2 has no user");
    }

    @Test
    void findsSomebodyWhoGotAnotherUser() {
        memory.userOf.put("E1", "005000000000001AAA");

        assertThat(judged(expected(true)).lost()).containsExactly("E1 has no longer the user 005000000000001AAA");
    }

    @Test
    void findsWhoWasWronglyDeactivatedOrFrozen() {
        freeze();
        assertThat(judged(expected(true)).taken()).containsExactly("E1 is frozen");
        edit("IsActive", false);
        assertThat(judged(expected(true)).taken()).containsExactly("E1 is not active");
    }

    @Test
    void acceptsWhatWasTakenByHandAndNothingElse() {
        memory.deactivatedByHand.add("E1");
        assertThat(judged(expected(true)).wrong()).containsExactly("E1 was deactivated by hand and is active");
        edit("IsActive", false);
        assertThat(judged(expected(true)).all()).isEmpty();
    }

    @Test
    void findsWhoWasFrozenByHandAndIsNoLonger() {
        memory.frozenByHand.add("E1");
        assertThat(judged(expected(true)).wrong()).containsExactly("E1 was frozen by hand and is not");
        freeze();
        assertThat(judged(expected(true)).all()).isEmpty();
    }

    @Test
    void acceptsThatWhoWasFrozenByHandIsNotBroughtBack() {
        memory.frozenByHand.add("E1");
        edit("IsActive", false);
        assertThat(judged(expected(true)).taken()).containsExactly("E1 is not active");
        memory.everGone.add("E1");
        assertThat(judged(expected(true)).all()).isEmpty();
    }

    @Test
    void findsALeaverWhoIsStillActive() {
        assertThat(judged(expected(false)).wrong()).containsExactly("E1 has left and is still active");
        assertThat(judged().wrong()).containsExactly("E1 has left and is still active");
    }

    @Test
    void findsEachWrongValue() {
        edit("LastName", "Other");
        assertThat(judged(expected(true)).wrong()).singleElement().asString().contains("LastName is 'Other'");
        edit("LastName", "Last");
        edit("Username", "other@example.com");
        assertThat(judged(expected(true)).wrong()).singleElement().asString().contains("Username is 'other");
        edit("Username", "anna@example.com");
        edit("Email", "other@example.com");
        assertThat(judged(expected(true)).wrong()).singleElement().asString().contains("Email is 'other");
    }

    @Test
    void judgesTheEmailOnceNothingWaitsForTheUser() {
        try (Org asking = new Org(OrgSettings.builder("asking").build())) {
            String user = user(asking, "E1", "asked");
            memory.userOf.put("E1", user);
            Expected wanted = new Expected(
                    "asked@example.com", true, "Last", "First", "new@example.com", "Sales", "E1", Set.of());
            assertThat(Judge.judge(asking, List.of(wanted), memory, WISHES).wrong())
                    .hasSize(1);
            asking.editAsHuman("User", user, Map.of("Email", "new@example.com"));
            assertThat(Judge.judge(asking, List.of(wanted), memory, WISHES).all())
                    .isEmpty();
            asking.editAsHuman("User", user, Map.of("Email", "other@example.com"));
            asking.confirmEmail(user);
            assertThat(Judge.judge(asking, List.of(wanted), memory, WISHES).wrong())
                    .hasSize(1);
        }
    }

    @Test
    void findsWrongProfileAndRole() {
        assertThat(judged(expected(true, "CN=readers")).wrong())
                .containsExactly("E1: profile is 'Standard User', must be 'Read Only'");
        assertThat(judged(expected(true, "CN=sellers")).wrong())
                .containsExactly("E1: role is '', must be 'Sales_Representative'");
    }

    @Test
    void findsWhatWasDoneByHandAndUndone() {
        memory.titles.put(anna, "Chief");
        memory.assignments.add("0Pa000000000001AAA");
        assertThat(judged(expected(true)).wrong()).hasSize(2);
    }

    @Test
    void findsStrangersWhoWereTouched() {
        String stranger = user("", "stranger");
        memory.strangers.put(stranger, "Last");
        assertThat(judged(expected(true)).all()).isEmpty();
        org.editAsHuman("User", stranger, Map.of("LastName", "Other"));
        assertThat(judged(expected(true)).wrong()).hasSize(1);
        org.editAsHuman("User", stranger, Map.of("IsActive", false));
        assertThat(judged(expected(true)).taken()).hasSize(1);
    }
}
