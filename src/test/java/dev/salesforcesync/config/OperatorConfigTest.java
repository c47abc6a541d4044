package dev.salesforcesync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {
    @Test
    void defaultsAreTheCarefulOnes() {
        OperatorConfig config = OperatorConfig.from(Map.of("POD_NAMESPACE", "sync"), "p1");
        assertThat(config.watchNamespaces()).containsExactly("sync");
        assertThat(config.watchesAllNamespaces()).isFalse();
        assertThat(config.leaderElection()).isTrue();
        assertThat(config.writesEnabled()).isTrue();
        assertThat(config.identity()).isEqualTo("operator_p1");
        assertThat(HostRule.anyAllows(config.salesforceHosts(), URI.create("https://a.my.salesforce.com")))
                .isTrue();
        assertThat(HostRule.anyAllows(config.salesforceHosts(), URI.create("https://a.example.com")))
                .isFalse();
        assertThat(HostRule.anyAllows(config.salesforceHosts(), URI.create("http://a.my.salesforce.com")))
                .isFalse();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> OperatorConfig.from(
                        Map.of(
                                "WRITES_ENABLED", "yes",
                                "HTTP_PORT", "70000",
                                "ALLOWED_SALESFORCE_HOSTS", "*.a.com,b_d",
                                "WATCH_NAMESPACES", "*,apps"),
                        "p1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "WRITES_ENABLED must be true or false",
                        "HTTP_PORT must be a number",
                        "ALLOWED_SALESFORCE_HOSTS: 'b_d'",
                        "WATCH_NAMESPACES must be '*' alone");
    }

    @Test
    void noPasswordIsTakenInUnlessAPortIsGiven() {
        assertThat(OperatorConfig.from(Map.of(), "p1").passwords().listens()).isFalse();

        IntakeConfig intake = OperatorConfig.from(
                        Map.of("PASSWORD_HTTPS_PORT", "8443", "PASSWORD_TLS_SECRET", "mine"), "p1")
                .passwords();
        assertThat(intake)
                .isEqualTo(new IntakeConfig(
                        OptionalInt.of(8443), OptionalInt.empty(), "mine", "salesforcesync-passwords-key"));
        assertThat(intake.listens()).isTrue();
        assertThatThrownBy(() -> OperatorConfig.from(Map.of("PASSWORD_LDAPS_PORT", "ldaps"), "p1"))
                .hasMessageContaining("PASSWORD_LDAPS_PORT must be a number");
    }

    @Test
    void listsMayHaveBlanks() {
        assertThat(OperatorConfig.from(Map.of("WATCH_NAMESPACES", " a , b ,"), "p1")
                        .watchNamespaces())
                .isEqualTo(List.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, https://any.example, true",
        "*, http://any.example, false",
        "*, ldap://dc1.example, true",
        "*.salesforce.com, https://a.my.salesforce.com, true",
        "*.salesforce.com, https://salesforce.com, false",
        "*.salesforce.com, https://evilsalesforce.com, false",
        "*.salesforce.com, https://a.salesforce.com.evil.example, false",
        "*.salesforce.com, https://A.MY.SALESFORCE.COM, true",
        "dc1.example:636, ldaps://dc1.example:636, true",
        "dc1.example:636, ldaps://dc1.example:637, false",
        "dc1.example:636, ldaps://dc1.example, true",
        "a.example:443, https://a.example, true",
        "http://127.0.0.1, http://127.0.0.1:8080, true",
        "http://127.0.0.1, https://127.0.0.1:8080, false",
        "*, mailto:somebody, false"
    })
    void aRuleAllowsWhatItSays(String rule, URI target, boolean allowed) {
        assertThat(HostRule.parse(rule).allows(target)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..*", "*.", "a/b", "a:b", "user@host", "*a.com"})
    void aRuleThatIsNoneIsRefusedByName(String rule) {
        assertThatThrownBy(() -> HostRule.parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + rule + "'");
    }
}
