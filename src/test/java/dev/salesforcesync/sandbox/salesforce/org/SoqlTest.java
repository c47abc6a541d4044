package dev.salesforcesync.sandbox.salesforce.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What queries find, and how they are refused. */
class SoqlTest {
    private Org org;
    private String me;

    @BeforeEach
    void fill() {
        org = new Org(OrgSettings.builder("Acme").usernames(new Usernames()).build());
        me = org.user("integration@acme.example").orElseThrow().id();
        create("anna", "Müller", "Queen", true, "Standard User");
        create("bob", "O'Hara", null, true, "Read Only");
        create("carl", "100%_sure", "King", false, "Standard User");
    }

    @AfterEach
    void close() {
        org.close();
    }

    @Test
    void groupIsTheNameOfAnObjectThoughAWordOfTheLanguage() {
        assertThat(org.query(me, "SELECT DeveloperName FROM Group WHERE Type = 'Queue'", 200)
                        .records())
                .extracting(record -> record.values().get("DeveloperName"))
                .containsExactly("Support");
    }

    @ParameterizedTest(name = "{0} finds {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Alias = 'anna' | anna",
                "Alias = 'ANNA' | anna",
                "LastName = 'O\\'Hara' | bob",
                "LastName = 'm\u00fcller' | anna",
                "Title = null AND Alias != 'admin' AND Alias != 'integ' | bob",
                "Title != null | anna,carl",
                "Title != 'King' AND Username LIKE '%@people.example' | anna,bob",
                "IsActive = false | carl",
                "IsActive != true | carl",
                "LastName LIKE '1%' | carl",
                "LastName LIKE 'M\u00dcLL%' | anna",
                "LastName LIKE '100\\%\\_s%' | carl",
                "LastName LIKE '_\u00fcller' | anna",
                "Alias IN ('anna', 'CARL', 'nobody') | anna,carl",
                "Alias NOT IN ('anna', 'admin', 'integ') | bob,carl",
                "(Alias = 'anna' OR Alias = 'bob') AND IsActive = true | anna,bob",
                "NOT Alias LIKE '%a%' AND Username LIKE '%people%' | bob",
                "NOT (Alias = 'anna' OR Alias = 'bob') AND Username LIKE '%people%' | carl",
                "Profile.Name = 'Read Only' | bob",
                "Profile.UserLicense.Name = 'Salesforce' AND Username LIKE '%people%' | anna,bob,carl",
                "Manager.Name = null AND Alias = 'anna' | anna",
                "ProfileId IN (SELECT Id FROM Profile WHERE Name = 'Read Only') | bob",
                "Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = true) | ''",
                "CreatedDate >= 2020-01-01T00:00:00Z AND Alias = 'anna' | anna",
                "SystemModstamp < 2020-01-01T00:00:00+02:00 | ''",
                "Alias >= 'b' AND Alias < 'd' | bob,carl",
                "Username IN ('ANNA@people.example') AND Title = 'queen' | anna",
            })
    void findsWhatIsAskedFor(String where, String aliases) {
        List<String> found = aliasesOf("SELECT Alias FROM User WHERE " + where + " ORDER BY Alias");

        assertThat(String.join(",", found)).isEqualTo(aliases.equals("''") ? "" : aliases);
    }

    @Test
    void ordersWithNullsFirstUnlessTold() {
        String from = "SELECT Alias FROM User WHERE Username LIKE '%people%' ";

        assertThat(aliasesOf(from + "ORDER BY Title")).containsExactly("bob", "carl", "anna");
        assertThat(aliasesOf(from + "ORDER BY Title DESC NULLS LAST")).containsExactly("anna", "carl", "bob");
        assertThat(aliasesOf(from + "ORDER BY Profile.Name DESC, Alias DESC LIMIT 2 OFFSET 1"))
                .containsExactly("anna", "bob");
    }

    @Test
    void counts() {
        ResultPage page = org.query(me, "SELECT COUNT() FROM User WHERE IsActive = true", 200);

        assertThat(page.total()).isEqualTo(4);
        assertThat(page.records()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT Id FORM User | MALFORMED_QUERY | 11 | unexpected token: 'FORM'",
                "SELECT Id FROM User WHERE | MALFORMED_QUERY | 26 | unexpected token: <EOF>",
                "SELECT Id FROM User WHERE Alias = 'a | MALFORMED_QUERY | 35 | line 1:36 mismatched character '<EOF>' expecting '''",
                "SELECT Id FROM User WHERE Alias = 'a' AND Title = 'b' OR Title = 'c' | MALFORMED_QUERY | 55 | unexpected token: 'OR'",
                "SELECT Id FROM User GROUP BY Alias | MALFORMED_QUERY | 21 | unexpected token: 'GROUP'",
                "SELECT Id, (SELECT Id FROM Contacts) FROM User | MALFORMED_QUERY | 12 | unexpected token: '('",
                "SELECT MAX(Id) FROM User | MALFORMED_QUERY | 11 | unexpected token: '('",
                "SELECT Id FROM User LIMIT many | MALFORMED_QUERY | 27 | unexpected token: 'many'",
                "SELECT Id FROM User WHERE Alias = 'a\\q' | MALFORMED_QUERY | 37 | Invalid string literal. Illegal character sequence '\\q' in string literal.",
                "SELECT Id FROM User; | MALFORMED_QUERY | 20 | line 1:19 no viable alternative at character ';'",
                "SELECT Id FROM Person | INVALID_TYPE | 16 | sObject type 'Person' is not supported.",
                "SELECT Nickname FROM User | INVALID_FIELD | 8 | No such column 'Nickname' on entity 'User'.",
                "SELECT Boss.Name FROM User | INVALID_FIELD | 8 | Didn't understand relationship 'Boss' in field path.",
                "SELECT Id FROM User WHERE Nope = 1 | INVALID_FIELD | 27 | No such column 'Nope' on entity 'User'.",
                "SELECT Id FROM User WHERE IsActive = 'true' | INVALID_FIELD | 27 | value of filter criterion for field 'IsActive' must be of type boolean and should not be enclosed in quotes",
                "SELECT Id FROM User WHERE CreatedDate > '2020-01-01' | INVALID_FIELD | 27 | value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
                "SELECT Id FROM User WHERE Alias = 1 | INVALID_FIELD | 27 | value of filter criterion for field 'Alias' must be of type string and should be enclosed in quotes",
                "SELECT Id FROM User WHERE Id = 'x' | INVALID_QUERY_FILTER_OPERATOR | 27 | invalid ID field: x",
            })
    void saysWhatIsWrongAndWhere(String soql, String code, int column, String reason) {
        SoqlException refusal = catchThrowableOfType(SoqlException.class, () -> org.query(me, soql, 200));

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.column()).isEqualTo(column);
        assertThat(refusal).hasMessageContaining("ERROR at Row:1:Column:" + column + "\n" + reason);
    }

    @Test
    void refusesAnOffsetBeyond2000() {
        assertThatThrownBy(() -> org.query(me, "SELECT Id FROM User OFFSET 2001", 200))
                .hasMessage("Maximum SOQL offset allowed is 2000");
    }

    @Test
    void givesAnAnswersRowsAsTheyWereWhenItBegan() {
        for (int i = 0; i < 300; i++) {
            create("p" + i, "P", null, true, "Standard User");
        }
        ResultPage first = org.query(me, "SELECT Alias FROM User WHERE LastName = 'P'", 200);
        String later = org.user("p299@people.example").orElseThrow().id();
        org.editAsHuman("User", later, Map.of("LastName", "Q"));

        ResultPage second = org.queryMore(me, first.locator().orElseThrow(), 200);

        assertThat(first.total()).isEqualTo(300);
        assertThat(second.records()).hasSize(100);
        assertThat(second.locator()).isEmpty();
        assertThatThrownBy(() -> org.queryMore(me, first.locator().orElseThrow(), 200))
                .hasMessage("invalid query locator");
    }

    private List<String> aliasesOf(String soql) {
        return org.query(me, soql, 2000).records().stream()
                .map(record -> String.valueOf(record.values().get("Alias")))
                .toList();
    }

    /** The first is found by the index of stamps, the others change too many rows for it or read it backwards. */
    @Test
    void findsWhatChangedSince() {
        try (var moving =
                new Org(OrgSettings.builder("Moving").usernames(new Usernames()).build())) {
            var actor = new Actor(moving);
            Instant start = Instant.parse("2026-11-22T10:00:00Z");
            for (int at = 0; at < 20; at++) {
                String id = actor.user("p" + at, "Standard User");
                Instant changed = start.plusSeconds(at);
                moving.change(store -> store.table("User")
                        .put(store.table("User").byId(id).orElseThrow().with("SystemModstamp", changed)));
            }
            String people = "SELECT Alias FROM User WHERE Alias LIKE 'p%' AND ";

            assertThat(moving.query(actor.self(), people + "SystemModstamp >= 2026-11-22T10:00:18Z", 200)
                            .records())
                    .extracting(row -> row.values().get("Alias"))
                    .containsExactly("p18", "p19");
            assertThat(total(moving, actor, people + "SystemModstamp > 2026-11-22T10:00:18Z"))
                    .isOne();
            assertThat(total(moving, actor, people + "SystemModstamp >= 2026-11-22T10:00:03Z"))
                    .isEqualTo(17);
            assertThat(total(moving, actor, people + "SystemModstamp <= 2026-11-22T10:00:03Z"))
                    .isEqualTo(4);
        }
    }

    private static int total(Org org, Actor actor, String soql) {
        return org.query(actor.self(), soql, 200).total();
    }

    private void create(String alias, String lastName, @Nullable String title, boolean active, String profile) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("Username", alias + "@people.example");
        fields.put("LastName", lastName);
        fields.put("Email", alias + "@mail.example");
        fields.put("Alias", alias);
        fields.put("Title", title);
        fields.put("IsActive", active);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("ProfileId", org.recordsBy("Profile", "Name", profile).get(0).id());
        var row = new InputRow("User", Optional.empty(), fields);
        RowResult result = org.write(me, WriteRequest.of(WriteRequest.Kind.CREATE, List.of(row)))
                .get(0);
        assertThat(result.errors()).isEmpty();
    }
}
