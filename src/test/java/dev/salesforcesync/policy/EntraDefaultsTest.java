package dev.salesforcesync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Usernames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The default mapping that most people come from: it can be written down here, and ours differs on purpose only. */
class EntraDefaultsTest {
    private static final String TABLE = "/entra/salesforce-defaults.csv";
    private static final List<String> ATTRIBUTES =
            List.of("userPrincipalName", "sAMAccountName", "mail", "givenName", "sn", "preferredLanguage");
    private static final List<String> FIELDS =
            List.of("Username", "Alias", "Email", "FirstName", "LastName", "LocaleSidKey");

    private static final CompiledPolicy DEFAULTS = SmallWorld.compiled(SmallWorld.rules());
    private static final CompiledPolicy ENTRAS = SmallWorld.compiled(new Rules(SmallWorld.rules())
            .usernames(new Usernames(List.of("user.userPrincipalName"), false))
            .attributes(
                    rule("Alias", "user.userPrincipalName.left(8)"),
                    rule("Email", "user.?mail.orValue('')"),
                    rule("FirstName", "user.?givenName.orValue('')"),
                    rule("LastName", "user.?sn.orValue('.')"),
                    rule("EmailEncodingKey", "'ISO-8859-1'"),
                    rule("LanguageLocaleKey", "'en_US'"),
                    rule("LocaleSidKey", "user.?preferredLanguage.optMap(l, l.replace('-', '_')).orValue('en_US')"),
                    rule("TimeZoneSidKey", "'America/Los_Angeles'"))
            .build());

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, delimiter = '|', useHeadersInDisplayName = true)
    void entrasMappingWrittenAsRulesGivesWhatEntraGives(ArgumentsAccessor row) {
        Map<String, String> values = values(ENTRAS, row);

        assertThat(values).containsAllEntriesOf(entras(row)).containsAllEntriesOf(constants("ISO-8859-1"));
    }

    @ParameterizedTest
    @CsvFileSource(resources = TABLE, delimiter = '|', useHeadersInDisplayName = true)
    void ourDefaultsDifferFromEntrasOnPurposeOnly(ArgumentsAccessor row) {
        Map<String, String> expected = entras(row);
        int ours = ATTRIBUTES.size() + FIELDS.size();
        for (String field : List.of("Username", "Alias", "Email")) {
            String value = row.getString(ours++);
            if (!value.equals("same")) {
                expected.put(field, value);
            }
        }

        assertThat(values(DEFAULTS, row)).containsAllEntriesOf(expected).containsAllEntriesOf(constants("UTF-8"));
    }

    private static Map<String, String> entras(ArgumentsAccessor row) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            String value = row.getString(ATTRIBUTES.size() + i);
            fields.put(FIELDS.get(i), value.equals("-") ? "" : value);
        }
        return fields;
    }

    private static Map<String, String> constants(String encoding) {
        return Map.of(
                "EmailEncodingKey", encoding,
                "LanguageLocaleKey", "en_US",
                "TimeZoneSidKey", "America/Los_Angeles");
    }

    /** By field; nothing is an empty text. */
    private static Map<String, String> values(CompiledPolicy policy, ArgumentsAccessor row) {
        Map<String, List<String>> attributes = new HashMap<>();
        for (int i = 0; i < ATTRIBUTES.size(); i++) {
            if (!row.getString(i).equals("-")) {
                attributes.put(ATTRIBUTES.get(i), List.of(row.getString(i)));
            }
        }
        Person person = new Person(SmallWorld.guid(1), "CN=Example", attributes, AccountState.ACTIVE);
        Desire desire = policy.desire(person, Set.of("SF-Users"), SmallWorld.NOW);
        assertThat(desire).isInstanceOf(Desire.Wanted.class);
        Map<String, String> values = new HashMap<>();
        ((Desire.Wanted) desire)
                .user()
                .fields()
                .forEach(field -> values.put(field.name(), field.value().orElse("")));
        return values;
    }

    private static AttributeRule rule(String field, String expression) {
        return new AttributeRule(field, expression, Apply.ALWAYS, OnNull.CLEAR, false);
    }
}
