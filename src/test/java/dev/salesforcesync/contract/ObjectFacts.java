package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sforce.soap.partner.DescribeSObjectResult;
import com.sforce.soap.partner.Field;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.UpsertResult;
import com.sforce.soap.partner.sobject.SObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the objects are, and what becomes of a user. */
interface ObjectFacts {
    /** Field Reference 260, User. */
    Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("Username", 80),
            Map.entry("LastName", 80),
            Map.entry("FirstName", 40),
            Map.entry("Name", 121),
            Map.entry("Alias", 8),
            Map.entry("CommunityNickname", 40),
            Map.entry("Email", 128),
            Map.entry("EmployeeNumber", 20),
            Map.entry("FederationIdentifier", 512),
            Map.entry("Title", 80),
            Map.entry("Department", 80),
            Map.entry("Division", 80),
            Map.entry("CompanyName", 80),
            Map.entry("State", 80),
            Map.entry("Country", 80),
            Map.entry("City", 40),
            Map.entry("PostalCode", 20),
            Map.entry("Street", 255),
            Map.entry("Phone", 40));

    Scene scene();

    @Test
    @Tries(Fact.USER_NEVER_DELETED)
    default void neverDeletesAUser() throws Exception {
        DescribeSObjectResult user = scene().soap().describeSObject("User");

        var result = scene().soap().delete(new String[] {scene().user()})[0];

        assertThat(calls(user)).isEqualTo("005 create update");
        assertThat(result.isSuccess()).isFalse();
        assertThat(scene().one("SELECT Id FROM User WHERE Id = '" + scene().user() + "'")
                        .path("Id")
                        .asText())
                .isEqualTo(scene().user());
    }

    @Test
    @Tries({Fact.USER_LOGIN_UPDATE_ONLY, Fact.USER_LICENSE_READ_ONLY, Fact.USER_ROLE_CALLS})
    default void knowsWhichCallsEachObjectTakes() throws Exception {
        PartnerConnection soap = scene().soap();

        assertThat(calls(soap.describeSObject("UserLogin"))).isEqualTo("0Yw update");
        assertThat(calls(soap.describeSObject("UserLicense"))).isEqualTo("100");
        assertThat(calls(soap.describeSObject("UserRole"))).isEqualTo("00E create update delete");
    }

    @Test
    @Tries({Fact.USER_LENGTHS, Fact.FEDERATION_ID_LOOKS_FREE})
    default void hasFieldsOfTheDocumentedLengths() throws Exception {
        Map<String, Field> fields = userFields();

        Map<String, Integer> lengths = LENGTHS.keySet().stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> fields.containsKey(name) ? fields.get(name).getLength() : -1));
        assertThat(lengths).isEqualTo(LENGTHS);
        assertThat(field(fields, "FederationIdentifier").isUnique()).isFalse();
    }

    @Test
    @Tries(Fact.USER_READ_ONLY_FIELDS)
    default void writesNoFieldOfItsOwn() throws Exception {
        Map<String, Field> fields = userFields();

        assertThat(List.of("Id", "Name", "UserType", "LastLoginDate", "LastPasswordChangeDate", "SystemModstamp"))
                .allSatisfy(name -> {
                    assertThat(field(fields, name).isCreateable()).as(name).isFalse();
                    assertThat(field(fields, name).isUpdateable()).as(name).isFalse();
                });
    }

    @Test
    @Tries({Fact.NICKNAME_DEFAULTED, Fact.USER_LOGIN_ROW})
    default void completesAUserThatIsCreated() {
        JsonNode user = scene().one("SELECT CommunityNickname, IsActive FROM User WHERE Id = '" + scene().user() + "'");

        assertThat(user.path("CommunityNickname").asText()).isNotEmpty();
        assertThat(user.path("IsActive").asBoolean()).isTrue();
        assertThat(login().path("IsFrozen").asBoolean(true)).isFalse();
    }

    @Test
    @Tries(Fact.FREEZE)
    default void freezesAtTheLoginAndLeavesTheUserActive() throws Exception {
        SaveResult frozen = login(Map.of("IsFrozen", true));
        try {
            assertThat(Scene.said(frozen)).isEqualTo("ok");
            assertThat(login().path("IsFrozen").asBoolean()).isTrue();
            assertThat(scene().one("SELECT IsActive FROM User WHERE Id = '" + scene().user() + "'")
                            .path("IsActive")
                            .asBoolean())
                    .isTrue();
        } finally {
            login(Map.of("IsFrozen", false));
        }
        assertThat(login().path("IsFrozen").asBoolean(true)).isFalse();
    }

    @Test
    @Tries(Fact.LOCK_ONLY_BY_SERVER)
    default void letsNobodyLockAPassword() throws Exception {
        SaveResult locked = login(Map.of("IsPasswordLocked", true));

        assertThat(locked.isSuccess()).isFalse();
        assertThat(login().path("IsPasswordLocked").asBoolean(true)).isFalse();
    }

    @Test
    @Tries(Fact.USERNAME_AT_ONCE)
    default void changesAUsernameAtOnce() throws Exception {
        String next = scene().prefix() + "-renamed@contract.invalid";

        assertThat(Scene.said(scene().update(Map.of("Username", next)))).isEqualTo("ok");

        assertThat(scene().username()).isEqualTo(next);
    }

    @Test
    @Tries(Fact.FIELDS_TO_NULL)
    default void emptiesAFieldOnlyByFieldsToNull() throws Exception {
        scene().update(Map.of("Title", "Tester"));
        SObject nothing = Scene.row("User", Map.of("Id", scene().user()));
        nothing.setField("Title", null);
        SObject empty = new SObject("User");
        empty.setFieldsToNull(new String[] {"Title"});
        empty.setId(scene().user());

        scene().soap().update(new SObject[] {nothing});
        String kept = title();
        scene().soap().update(new SObject[] {empty});

        assertThat(kept).isEqualTo("Tester");
        assertThat(title()).isEqualTo("null");
    }

    @Test
    @Tries(Fact.UPSERT_BY_ANCHOR)
    default void upsertsAUserByAnExternalId() throws Exception {
        assumeThat(scene().org().anchor())
                .as(ContractOrg.PREFIX + "ANCHOR names no external-id field on User")
                .isPresent();
        String anchor = scene().org().anchor().orElseThrow();
        // In use by the user made for this run, so that no other seat is taken.
        String value = scene().prefix();
        scene().update(Map.of(anchor, value));

        UpsertResult result = scene().soap()
                .upsert(anchor, new SObject[] {
                    Scene.row("User", Map.of(anchor, value.toUpperCase(Locale.ROOT), "Title", "Upserted"))
                })[0];

        assertThat(result.getErrors()).isEmpty();
        assertThat(result.isCreated()).isFalse();
        assertThat(result.getId()).isEqualTo(scene().user());
        assertThat(title()).isEqualTo("Upserted");
    }

    @Test
    @Tries(Fact.PROFILE_SETS)
    default void keepsThePermissionsOfAProfileInASetOfItsOwn() {
        List<JsonNode> assignments = scene().wire()
                .records("SELECT PermissionSet.IsOwnedByProfile FROM PermissionSetAssignment WHERE AssigneeId = '"
                        + scene().user() + "'");

        assertThat(assignments)
                .anyMatch(row ->
                        row.path("PermissionSet").path("IsOwnedByProfile").asBoolean());
    }

    private Map<String, Field> userFields() throws Exception {
        return Arrays.stream(scene().soap().describeSObject("User").getFields())
                .collect(Collectors.toMap(Field::getName, field -> field));
    }

    private static Field field(Map<String, Field> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private JsonNode login() {
        return scene().one(
                        "SELECT Id, IsFrozen, IsPasswordLocked FROM UserLogin WHERE UserId = '" + scene().user() + "'");
    }

    private SaveResult login(Map<String, Object> fields) throws Exception {
        var row = new LinkedHashMap<String, Object>(fields);
        row.put("Id", login().path("Id").asText());
        return scene().soap().update(new SObject[] {Scene.row("UserLogin", row)})[0];
    }

    private String title() {
        return scene().one("SELECT Title FROM User WHERE Id = '" + scene().user() + "'")
                .path("Title")
                .asText();
    }

    private static String calls(DescribeSObjectResult type) {
        return (type.getKeyPrefix()
                + (type.isCreateable() ? " create" : "")
                + (type.isUpdateable() ? " update" : "")
                + (type.isDeletable() ? " delete" : ""));
    }
}
