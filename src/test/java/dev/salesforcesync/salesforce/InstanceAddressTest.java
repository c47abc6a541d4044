package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token goes to the org's own domain only, and never unprotected. */
class InstanceAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://acme.my.salesforce.com, '', https://acme.my.salesforce.com",
        "https://acme.my.salesforce.com, https://acme.my.salesforce.com/, https://acme.my.salesforce.com",
        "https://login.salesforce.com, https://eu42.salesforce.com/services/Soap/u/64.0, https://eu42.salesforce.com",
        "https://acme.my.salesforce.mil, https://acme.my.salesforce.mil, https://acme.my.salesforce.mil",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/services, http://127.0.0.1:8080",
        "https://acme.my.salesforce.com, http://acme.my.salesforce.com, none",
        "https://acme.my.salesforce.com, https://acme.my.salesforce.com:8443, none",
        "https://acme.my.salesforce.com, https://acme.my.salesforce.com.evil.example, none",
        "https://acme.my.salesforce.com, https://evilsalesforce.com, none",
        "https://acme.my.salesforce.com, https://salesforce.com@evil.example, none",
        "https://acme.my.salesforce.com, https://acme.my.salesforce.mil, none",
        "https://10.0.0.1, https://10.0.0.2, none",
        "https://acme.my.salesforce.com, /relative, none",
        "https://acme.my.salesforce.com, 'not an address', none"
    })
    void acceptsTheOrgsOwnDomainAndNothingElse(String configured, String claimed, String accepted) {
        assertThat(new InstanceAddress(URI.create(configured))
                        .accepted(claimed)
                        .map(URI::toString)
                        .orElse("none"))
                .isEqualTo(accepted);
    }
}
