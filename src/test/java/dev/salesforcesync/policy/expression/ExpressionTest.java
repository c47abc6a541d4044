package dev.salesforcesync.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Facts ZOE = new Facts(
            Map.of(
                    "sAMAccountName", List.of("zoë.müller-ß"),
                    "userPrincipalName", List.of("Zoe.Mueller@Corp.Example.com"),
                    "sn", List.of("Müller"),
                    "preferredLanguage", List.of("de-DE"),
                    "l", List.of("Berlin"),
                    "proxyAddresses", List.of("SMTP:zoe@corp.example.com", "smtp:zm@corp.example.com"),
                    "distinguishedName", List.of("CN=Müller\\, Zoë,OU=Sales,OU=People,DC=corp,DC=example"),
                    "accountExpires", List.of("134085888001230000"),
                    "blank", List.of("  a b ")),
            List.of("SF-Sales", "SF-Users"),
            Map.of("usernameSuffix", ".uat", "name", "Example", "id", "00D000000000001AAA"),
            Map.of("timezones", Map.of("Berlin", "Europe/Berlin"), "languages", Map.of("de-DE", "de")),
            Map.of("short", "zm"),
            true,
            false,
            false,
            Instant.parse("2026-11-22T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            user.userPrincipalName.lower() + org.?usernameSuffix.orValue('') | zoe.mueller@corp.example.com.uat
            user.?mail.or(user.?userPrincipalName).value()                   | Zoe.Mueller@Corp.Example.com
            user.?givenName.orValue('')                                      | ``
            user.?sn.orValue('.')                                            | Müller
            user.sAMAccountName.foldDiacritics().left(8)                     | zoe.mull
            user.sAMAccountName.left(40)                                     | zoë.müller-ß
            'UTF-8'                                                          | UTF-8
            lookups.?languages[?user.?preferredLanguage.orValue('')].orValue('en_US') | de
            lookups.languages[?user.?nothing.orValue('')].orValue('en_US')   | en_US
            user.?preferredLanguage.optMap(l, l.replace('-', '_')).orValue('en_US') | de_DE
            lookups.timezones[?user.?l.orValue('')].orValue('America/Los_Angeles') | Europe/Berlin
            inGroup(groups,'sf-sales') ? 'Standard User' : skip()            | Standard User
            USER.x                                                           | REFUSED
            user.SAMACCOUNTNAME.upper()                                      | ZOË.MÜLLER-SS
            'ø Ø æ ł ẞ'.foldDiacritics()                                     | oe OE ae l SS
            'äöü éñç Ång ż'.foldDiacritics()                                 | aou enc Ang z
            'か\u3099ぎ'.foldDiacritics()                                    | がぎ
            "mary-jane o'NEILL's von DER tAnn".title()                       | `Mary-Jane O'Neill's Von Der Tann`
            user.blank.trim()                                                | a b
            multi.proxyAddresses.filter(a, a.startsWith('SMTP:')).map(a, a.substring(5)).join(',') | zoe@corp.example.com
            groups.filter(g, g != 'SF-Users').join(';')                      | SF-Sales
            variables.short + '-' + string(now.getFullYear())                | zm-2026
            user.userPrincipalName.split('@')[1]                             | Corp.Example.com
            user.userPrincipalName.matches('(?i)@corp[.]') ? 'in' : 'out'    | in
            user[?'mail'].orValue('none')                                    | none
            has(user.mail) ? 'a' : 'b'                                       | b
            '😀😀😀'.left(2)                                                 | 😀😀
            'abc'.left(9) + 'x'.left(-1)                                     | abc
            user.distinguishedName.rdn()                                     | CN=Müller\\, Zoë
            user.distinguishedName.rdnValue()                                | Müller, Zoë
            user.distinguishedName.parent()                                  | OU=Sales,OU=People,DC=corp,DC=example
            user.distinguishedName.parent().parent().rdnValue()              | People
            'DC=example'.parent()                                            | ``
            'cn=A\\\\2CB\\\\C3\\\\A9+uid=x , dc=y'.rdnValue()                      | A,Bé
            'CN=" a, b ";DC=x'.rdnValue()                                    | ` a, b `
            'CN=a\\\\ ,DC=x'.rdn()                                             | `CN=a\\ `
            user.distinguishedName.under('ou=PEOPLE, dc=corp,dc=EXAMPLE') ? 'in' : 'out' | in
            user.distinguishedName.under('CN=MÜLLER\\\\2C zoë,OU=Sales,OU=People,DC=corp,DC=example') ? 'in' : 'out' | out
            user.distinguishedName.under('OU=le,OU=People,DC=corp,DC=example') ? 'in' : 'out' | out
            user.distinguishedName.under('') ? 'in' : 'out'                  | in
            'CN=a\\\\,OU=x,DC=y'.under('OU=x,DC=y') ? 'in' : 'out'             | out
            fileTime(user.accountExpires)                                    | 2025-11-26T00:00:00.123Z
            fileTime('0') + fileTime('9223372036854775807')                  | ``
            string(timestamp(fileTime(user.accountExpires)).getFullYear())   | 2025
            string('abcabc'.indexOf('c')) + string('abcabc'.lastIndexOf('c')) + 'abc'.charAt(1) | 25b
            """)
    void makesTexts(String source, String expected) {
        Compilation compiled = Expressions.guarded().compile(source, ExpectedType.STRING);
        if (expected.equals("REFUSED")) {
            assertThat(compiled).isInstanceOf(Compilation.Refused.class);
            return;
        }
        assertThat(evaluate(source, ExpectedType.STRING)).isEqualTo(new Outcome.Text(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enabled && !expired",
                "!user.sAMAccountName.startsWith('svc-')",
                "multi.proxyAddresses.exists(a, a.endsWith('example.com'))",
                "now < timestamp('2030-01-01T00:00:00Z')",
                "now - duration('24h') < now",
                "'SF-Sales' in groups",
                "size(groups) == 2 && user.sn.size() == 6"
            })
    void decides(String source) {
        assertThat(evaluate(source, ExpectedType.BOOL)).isEqualTo(new Outcome.Truth(true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ref(user.distinguishedName.parent())            | OU=Sales,OU=People,DC=corp,DC=example
            ref(user.?manager.orValue(''))                  | ``
            enabled ? ref(' CN=x ') : skip()                | CN=x
            user.?manager.optMap(m, ref(m)).orValue(ref('')) | ``
            """)
    void refersToPeople(String source, String dn) {
        assertThat(evaluate(source, ExpectedType.REFERENCE)).isEqualTo(new Outcome.Referred(dn));
    }

    @Test
    void tellsAMissingManagerFromNobody() {
        assertThat(evaluate("ref(user.manager)", ExpectedType.REFERENCE))
                .isEqualTo(new Outcome.Failed("AttributeMissing", 8));
    }

    @Test
    void leavesTheFieldAloneWhenAskedToSkip() {
        assertThat(evaluate("inGroup(groups,'SF-Admins') ? 'a' : skip()", ExpectedType.STRING))
                .isEqualTo(new Outcome.Skip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            user.secret                        | AttributeMissing | 4
            'x' + user.?secret.value()         | AttributeMissing | -2
            user.sn.substring(99)              | IndexOutOfBounds | -2
            user.sn.split('ü')[7]              | IndexOutOfBounds | -2
            string(1 / (size(user.sn) - 6))    | InvalidArgument  | -2
            string(int(user.sn))               | InvalidArgument  | -2
            string(timestamp(user.sn))         | InvalidArgument  | -2
            user.sn.rdn()                      | InvalidArgument  | -2
            user.sn.parent()                   | InvalidArgument  | -2
            'CN=x,'.rdn()                      | InvalidArgument  | -2
            'CN=x\\\\'.rdn()                     | InvalidArgument  | -2
            'CN=\\\\ff'.rdn()                    | InvalidArgument  | -2
            'CN=x+,DC=y'.rdn()                 | InvalidArgument  | -2
            ''.rdn()                           | InvalidArgument  | -2
            fileTime(user.sn)                  | InvalidArgument  | -2
            fileTime('-1')                     | InvalidArgument  | -2
            fileTime('9223372036854775806')    | InvalidArgument  | -2
            """)
    void saysWhyItHasNoAnswerWithoutAnyValue(String source, String code, int position) {
        Outcome outcome = evaluate(source, ExpectedType.STRING);

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).code()).isEqualTo(code);
        if (position != -2) {
            assertThat(((Outcome.Failed) outcome).position()).isEqualTo(position);
        }
        assertThat(outcome.toString()).doesNotContain("Müller");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            user.sn.lowerr()        | 1 | 15 | lowerr
            user.sn + 1             | 1 | 9  | _+_
            user.sn ==              | 1 | -1 | mismatched
            1 + 1                   | 0 | 0  | must be of type string
            user.map(k, k).join('') | 1 | 1  | user must be followed by a name
            user[user.sn]           | 1 | 1  | user must be followed by a name
            dyn(user).x             | 1 | -1 | undeclared reference to 'dyn'
            inGroup(groups, user.l) ? 'a' : 'b' | 1 | -1 | literal
            user.sn.matches(user.l) ? 'a' : 'b' | 1 | -1 | literal
            """)
    void saysWhereAnExpressionIsWrong(String source, int line, int column, String message) {
        Compilation compiled = Expressions.guarded().compile(source, ExpectedType.STRING);

        assertThat(compiled).isInstanceOf(Compilation.Refused.class);
        Compilation.Refused refused = (Compilation.Refused) compiled;
        assertThat(refused.message()).contains(message);
        assertThat(refused.line()).isEqualTo(line);
        if (column >= 0) {
            assertThat(refused.column()).isEqualTo(column);
        }
    }

    @Test
    void knowsWhatItReads() {
        Expression expression = compile(
                "user.sn + user.?mail.orValue('') + user[?'l'].orValue('') + (has(user.title) ? 'x' : 'y')"
                        + " + multi.proxyAddresses[0] + variables.short + (inGroup(groups, 'G') ? 'g' : '')",
                ExpectedType.STRING);

        assertThat(expression.attributesRead()).containsExactlyInAnyOrder("sn", "mail", "l", "title", "proxyAddresses");
        assertThat(expression.variablesRead()).containsExactly("short");
        assertThat(expression.groupsRead()).containsExactly("G");
    }

    private static Outcome evaluate(String source, ExpectedType type) {
        return compile(source, type).evaluate(ZOE);
    }

    private static Expression compile(String source, ExpectedType type) {
        Compilation compiled = Expressions.guarded().compile(source, type);
        assertThat(compiled).as(source).isInstanceOf(Compilation.Compiled.class);
        return ((Compilation.Compiled) compiled).expression();
    }
}
