package dev.salesforcesync.sandbox.salesforce.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the org demands of a user, with the code and the words of the real one. */
class UserRulesTest {
    private final Usernames usernames = new Usernames();
    private Org org = new Org(settings("Acme").build());

    @AfterEach
    void close() {
        org.close();
    }

    private OrgSettingsBuilder settings(String name) {
        return OrgSettings.builder(name).usernames(usernames);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("LastName", null, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]"),
                refusal("ProfileId", null, "REQUIRED_FIELD_MISSING", "Required fields are missing: [ProfileId]"),
                refusal(
                        "Alias",
                        "123456789",
                        "STRING_TOO_LONG",
                        "Alias: data value too large: 123456789 (max length=8)"),
                refusal(
                        "CommunityNickname",
                        "n".repeat(41),
                        "STRING_TOO_LONG",
                        "Nickname: data value too large: " + "n".repeat(41) + " (max length=40)"),
                refusal("Email", "anna(at)mail", "INVALID_EMAIL_ADDRESS", "Email: invalid email address: anna(at)mail"),
                refusal(
                        "Email",
                        "zürich@mail.example",
                        "INVALID_EMAIL_ADDRESS",
                        "Email: invalid email address: zürich@mail.example"),
                refusal(
                        "Username",
                        "anna",
                        "FIELD_INTEGRITY_EXCEPTION",
                        "Username must be in the form of an email address (for example, john@acme.com): Username"),
                refusal(
                        "TimeZoneSidKey",
                        "Europe/Bielefeld",
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        "Time Zone: bad value for restricted picklist field: Europe/Bielefeld"),
                refusal(
                        "LanguageLocaleKey",
                        "tlh",
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        "Language: bad value for restricted picklist field: tlh"),
                refusal(
                        "LocaleSidKey",
                        "de-DE",
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        "Locale: bad value for restricted picklist field: de-DE"),
                refusal(
                        "EmailEncodingKey",
                        "UTF-16",
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        "Email Encoding: bad value for restricted picklist field: UTF-16"),
                refusal(
                        "ProfileId",
                        "Standard User",
                        "MALFORMED_ID",
                        "Profile ID: id value of incorrect type: Standard User"),
                refusal("ManagerId", "005000000000001", "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"),
                refusal(
                        "Name",
                        "Anna Bolika",
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "Unable to create/update fields: Name. Please check the security settings of this field and"
                                + " verify that it is read/write for your profile or permission set."),
                refusal(
                        "Username",
                        "ADMIN@acme.example",
                        "DUPLICATE_USERNAME",
                        "Duplicate Username.<br>The username already exists in this or another Salesforce organization."
                                + " Usernames must be unique across all Salesforce organizations. To resolve, use a"
                                + " different username (it doesn't need to match the user's email address). "),
                refusal(
                        "CommunityNickname",
                        "Admin",
                        "DUPLICATE_COMM_NICKNAME",
                        "Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select"
                                + " another."));
    }

    private static Arguments refusal(String field, @Nullable Object value, String code, String message) {
        return Arguments.of(field, value, code, message);
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @MethodSource("refusals")
    void refusesABadField(String field, @Nullable Object value, String code, String message) {
        Map<String, @Nullable Object> fields = person("anna");
        fields.put(field, value);

        RowResult result = create(fields);

        assertThat(result.errors()).containsExactly(new RowError(code, message, List.of(field)));
        assertThat(org.count("User")).isEqualTo(2);
        assertThat(org.count("UserLogin")).isEqualTo(2);
    }

    @Test
    void refusesTheWholeCallWhenAFieldDoesNotExist() {
        Map<String, @Nullable Object> fields = person("anna");
        fields.put("Nickname", "x");

        assertThatThrownBy(() -> create(fields))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_FIELD))
                .hasMessageStartingWith("No such column 'Nickname' on entity 'User'.");
    }

    @Test
    void thinksOfANicknameAndStartsTheUserActiveWithALoginRow() {
        String id = create(person("anna")).id().orElseThrow();

        Row anna = org.record("User", id).orElseThrow();
        assertThat(anna.text("CommunityNickname")).startsWith("User");
        assertThat(anna.flag("IsActive")).isTrue();
        assertThat(anna.text("Name")).isEqualTo("Anna anna");
        assertThat(anna.text("LastModifiedById")).isEqualTo(integration());
        assertThat(org.recordsBy("UserLogin", "UserId", id))
                .singleElement()
                .satisfies(login -> assertThat(login.flag("IsFrozen")).isFalse());
    }

    @Test
    void keepsUsernamesUniqueAcrossOrgsAndGivesThemFreeAfterARenameOnly() {
        String id = create(person("anna")).id().orElseThrow();
        assertThat(update(id, Map.of("IsActive", false)).success()).isTrue();
        try (Org other = new Org(settings("Other").build())) {
            Map<String, @Nullable Object> twin = person("anna");
            twin.put(
                    "ProfileId",
                    other.recordsBy("Profile", "Name", "Read Only").get(0).id());

            assertThat(code(create(other, twin))).isEqualTo("DUPLICATE_USERNAME");
            assertThat(update(id, Map.of("Username", "was.anna@people.example")).success())
                    .isTrue();
            assertThat(create(other, twin).success()).isTrue();
            assertThat(code(update(id, Map.of("Username", "anna@people.example"))))
                    .isEqualTo("DUPLICATE_USERNAME");
        }
    }

    @Test
    void keepsFederationIdsUnique() {
        Map<String, @Nullable Object> anna = person("anna");
        anna.put("FederationIdentifier", "anna@corp");
        Map<String, @Nullable Object> bob = person("bob");
        bob.put("FederationIdentifier", "ANNA@corp");
        create(anna);

        assertThat(create(bob).errors().get(0).message())
                .isEqualTo("This Federation ID is already in use. Use a different Federation ID.: SAML Federation ID");
    }

    @Test
    void keepsTheAnchorUniqueAndNamesItsHolder() {
        Map<String, @Nullable Object> anna = person("anna");
        anna.put("AD_ObjectGuid__c", "guid");
        Map<String, @Nullable Object> bob = person("bob");
        bob.put("AD_ObjectGuid__c", "guid");
        String id = create(anna).id().orElseThrow();

        assertThat(create(bob).errors())
                .containsExactly(new RowError(
                        "DUPLICATE_VALUE",
                        "duplicate value found: AD_ObjectGuid__c duplicates value on record with id: " + id,
                        List.of("AD_ObjectGuid__c")));
    }

    @Test
    void sellsNoMoreSeatsThanThereAre() {
        reopen(settings("Acme").seats("Salesforce", 2));
        String anna = create(person("anna")).id().orElseThrow();
        Map<String, @Nullable Object> bob = person("bob");

        assertThat(create(bob).errors())
                .containsExactly(
                        new RowError("LICENSE_LIMIT_EXCEEDED", "License Limit Exceeded", List.of("ProfileId")));
        update(anna, Map.of("IsActive", false));
        assertThat(create(bob).success()).isTrue();
        assertThat(code(update(anna, Map.of("IsActive", true)))).isEqualTo("LICENSE_LIMIT_EXCEEDED");
        assertThat(org.seatsTaken("Salesforce")).isEqualTo(2);
    }

    @Test
    void movesTheSeatWithTheProfile() {
        reopen(settings("Acme").seats("Chatter Free", 1));
        String anna = create(person("anna")).id().orElseThrow();
        String bob = create(person("bob")).id().orElseThrow();
        String free = profile("Chatter Free User");

        assertThat(update(anna, Map.of("ProfileId", free)).success()).isTrue();
        assertThat(org.seatsTaken("Salesforce")).isEqualTo(2);
        assertThat(org.seatsTaken("Chatter Free")).isEqualTo(1);
        assertThat(code(update(bob, Map.of("ProfileId", free)))).isEqualTo("LICENSE_LIMIT_EXCEEDED");
        assertThat(org.seatsTaken("Salesforce")).isEqualTo(2);
    }

    @Test
    void keepsPeopleInsideAndOutsideApart() {
        String anna = create(person("anna")).id().orElseThrow();

        assertThat(code(update(anna, Map.of("ProfileId", profile("Customer Community User")))))
                .isEqualTo("FIELD_INTEGRITY_EXCEPTION");
    }

    @Test
    void leavesAnEMailChangePendingUntilItIsConfirmed() {
        String anna = create(person("anna")).id().orElseThrow();

        assertThat(update(anna, Map.of("Email", "new@mail.example")).success()).isTrue();
        assertThat(org.record("User", anna).orElseThrow().text("Email")).isEqualTo("anna@mail.example");
        assertThat(org.pendingEmail(anna)).contains("new@mail.example");

        assertThat(org.confirmEmail(anna)).isTrue();
        assertThat(org.record("User", anna).orElseThrow().text("Email")).isEqualTo("new@mail.example");
    }

    @Test
    void changesTheEMailOfAnInactiveUserAtOnceAndOfAllIfTheOrgSaysSo() {
        String anna = create(person("anna")).id().orElseThrow();
        update(anna, Map.of("IsActive", false));
        update(anna, Map.of("Email", "new@mail.example"));
        assertThat(org.record("User", anna).orElseThrow().text("Email")).isEqualTo("new@mail.example");

        reopen(settings("Acme").emailChangeNeedsVerification(false));
        String bob = create(person("bob")).id().orElseThrow();
        update(bob, Map.of("Email", "new@mail.example"));
        assertThat(org.record("User", bob).orElseThrow().text("Email")).isEqualTo("new@mail.example");
    }

    @Test
    void keepsActiveWhomItsSetUpNeeds() {
        String anna = create(person("anna")).id().orElseThrow();
        org.deactivationBlockers().block(anna, DeactivationBlockers.DEFAULT_CASE_OWNER);

        assertThat(update(anna, Map.of("IsActive", false)).errors().get(0).message())
                .isEqualTo("You cannot deactivate this user. You cannot deactivate a user who is the default owner of"
                        + " cases");
        assertThat(org.seatsTaken("Salesforce")).isEqualTo(2);
        org.deactivationBlockers().unblock(anna);
        assertThat(update(anna, Map.of("IsActive", false)).success()).isTrue();
    }

    @Test
    void keepsTheLastAdministrator() {
        String admin = org.user("admin@acme.example").orElseThrow().id();

        assertThat(code(update(admin, Map.of("IsActive", false)))).isEqualTo("CANNOT_DISABLE_LAST_ADMIN");
        assertThat(code(update(admin, Map.of("ProfileId", profile("Read Only")))))
                .isEqualTo("CANNOT_DISABLE_LAST_ADMIN");
        assertThat(org.record("User", admin).orElseThrow().flag("IsActive")).isTrue();
    }

    @Test
    void freezesOthersOnlyAndKeepsTheirSeats() {
        String anna = create(person("anna")).id().orElseThrow();
        String login = org.recordsBy("UserLogin", "UserId", anna).get(0).id();
        String own = org.recordsBy("UserLogin", "UserId", integration()).get(0).id();

        assertThat(write(WriteRequest.Kind.UPDATE, "UserLogin", login, Map.of("IsFrozen", true))
                        .success())
                .isTrue();
        assertThat(org.maySignIn(anna)).isFalse();
        assertThat(org.seatsTaken("Salesforce")).isEqualTo(2);
        assertThat(code(write(WriteRequest.Kind.UPDATE, "UserLogin", own, Map.of("IsFrozen", true))))
                .isEqualTo("CANNOT_FREEZE_SELF");
    }

    @Test
    void deletesNobody() {
        String anna = create(person("anna")).id().orElseThrow();

        assertThat(write(WriteRequest.Kind.DELETE, "User", anna, Map.of())
                        .errors()
                        .get(0)
                        .message())
                .isEqualTo("entity type User does not support delete");
    }

    @Test
    void assignsAPermissionSetOnceAndOnlyWhereTheLicenceFits() {
        String anna = create(person("anna")).id().orElseThrow();
        Map<String, @Nullable Object> chatter = person("chatter");
        chatter.put("ProfileId", profile("Chatter Free User"));
        String free = create(chatter).id().orElseThrow();
        String set =
                org.recordsBy("PermissionSet", "Name", "Sales_Cloud").get(0).id();

        RowResult given = assign(anna, set);
        assertThat(given.success()).isTrue();
        assertThat(assign(anna, set).errors().get(0).message())
                .isEqualTo("Duplicate PermissionSetAssignment. Assignee: " + anna + "; Permission Set: " + set);
        assertThat(code(assign(free, set))).isEqualTo("FIELD_INTEGRITY_EXCEPTION");
        assertThat(write(
                                WriteRequest.Kind.DELETE,
                                "PermissionSetAssignment",
                                given.id().orElseThrow(),
                                Map.of())
                        .success())
                .isTrue();
        assertThat(assign(anna, set).success()).isTrue();
    }

    @Test
    void showsStaleSeatFiguresForAsLongAsItIsTold() {
        var clock = new SettableClock();
        reopen(settings("Acme").licenceFigureLag(Duration.ofMinutes(10)).clock(clock));
        create(person("anna"));
        String soql = "SELECT UsedLicenses FROM UserLicense WHERE Name = 'Salesforce'";

        assertThat(used(soql)).isEqualTo(0);
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        assertThat(used(soql)).isEqualTo(2);
    }

    @Test
    void stampsWhoChangedWhatAndWhen() {
        var clock = new SettableClock();
        reopen(settings("Acme").clock(clock));
        String anna = create(person("anna")).id().orElseThrow();
        clock.now = clock.now.plusSeconds(90);

        assertThat(org.editAsHuman("User", anna, Map.of("Title", "Queen")).success())
                .isTrue();

        Row row = org.record("User", anna).orElseThrow();
        assertThat(row.moment("SystemModstamp"))
                .isEqualTo(row.moment("CreatedDate").plusSeconds(90));
        assertThat(row.text("LastModifiedById"))
                .isEqualTo(org.user("admin@acme.example").orElseThrow().id());
        assertThat(row.text("CreatedById")).isEqualTo(integration());
    }

    @Test
    void findsAParentByItsExternalId() {
        Map<String, @Nullable Object> boss = person("boss");
        boss.put("AD_ObjectGuid__c", "guid-boss");
        String bossId = create(boss).id().orElseThrow();
        Map<String, @Nullable Object> anna = person("anna");
        anna.put("Manager", Map.of("AD_ObjectGuid__c", "guid-boss"));
        Map<String, @Nullable Object> bob = person("bob");
        bob.put("Manager", Map.of("AD_ObjectGuid__c", "nobody"));

        String id = create(anna).id().orElseThrow();

        assertThat(org.record("User", id).orElseThrow().text("ManagerId")).isEqualTo(bossId);
        assertThat(create(bob).errors().get(0).message())
                .isEqualTo("Foreign key external ID: nobody not found for field AD_ObjectGuid__c in entity User");
    }

    @Test
    void givesANicknameFreeWhenItsHolderTakesAnother() {
        String anna = create(person("anna")).id().orElseThrow();
        update(anna, Map.of("CommunityNickname", "nick"));
        update(anna, Map.of("CommunityNickname", "nock"));
        Map<String, @Nullable Object> bob = person("bob");
        bob.put("CommunityNickname", "Nick");

        assertThat(create(bob).success()).isTrue();
        assertThat(code(update(anna, Map.of("CommunityNickname", "NICK")))).isEqualTo("DUPLICATE_COMM_NICKNAME");
    }

    @Test
    void readsFieldNamesInAnyCase() {
        Map<String, @Nullable Object> anna = person("anna");
        anna.put("TITLE", "Queen");

        String id = create(anna).id().orElseThrow();

        assertThat(org.record("User", id).orElseThrow().text("Title")).isEqualTo("Queen");
    }

    @Test
    void letsNobodyWriteWhoMayNotManageUsers() {
        String anna = create(person("anna")).id().orElseThrow();
        var row = new InputRow("User", Optional.of(anna), Map.of("Title", "Queen"));

        RowResult result = org.write(anna, WriteRequest.of(WriteRequest.Kind.UPDATE, List.of(row)))
                .get(0);

        assertThat(code(result)).isEqualTo("INSUFFICIENT_ACCESS_OR_READONLY");
    }

    private void reopen(OrgSettingsBuilder settings) {
        org.close();
        org = new Org(settings.build());
    }

    private int used(String soql) {
        Object value =
                org.query(integration(), soql, 200).records().get(0).values().get("UsedLicenses");
        return value instanceof Integer number ? number : -1;
    }

    private Map<String, @Nullable Object> person(String name) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("Username", name + "@people.example");
        fields.put("LastName", name);
        fields.put("FirstName", "Anna");
        fields.put("Email", name + "@mail.example");
        fields.put("Alias", name);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("ProfileId", profile("Standard User"));
        return fields;
    }

    private String profile(String name) {
        return org.recordsBy("Profile", "Name", name).get(0).id();
    }

    private String integration() {
        return org.user(org.settings().runAsUsername()).orElseThrow().id();
    }

    private RowResult create(Map<String, @Nullable Object> fields) {
        return create(org, fields);
    }

    private static RowResult create(Org org, Map<String, @Nullable Object> fields) {
        String actor = org.user(org.settings().runAsUsername()).orElseThrow().id();
        var row = new InputRow("User", Optional.empty(), fields);
        return org.write(actor, WriteRequest.of(WriteRequest.Kind.CREATE, List.of(row)))
                .get(0);
    }

    private RowResult update(String id, Map<String, @Nullable Object> fields) {
        return write(WriteRequest.Kind.UPDATE, "User", id, fields);
    }

    private RowResult assign(String user, String set) {
        var row = new InputRow(
                "PermissionSetAssignment", Optional.empty(), Map.of("AssigneeId", user, "PermissionSetId", set));
        return org.write(integration(), WriteRequest.of(WriteRequest.Kind.CREATE, List.of(row)))
                .get(0);
    }

    private RowResult write(WriteRequest.Kind kind, String type, String id, Map<String, @Nullable Object> fields) {
        var row = new InputRow(type, Optional.of(id), fields);
        return org.write(integration(), WriteRequest.of(kind, List.of(row))).get(0);
    }

    private static String code(RowResult result) {
        return result.errors().isEmpty() ? "" : result.errors().get(0).code();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
