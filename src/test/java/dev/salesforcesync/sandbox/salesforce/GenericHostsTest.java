package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SignInPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client credentials go to My Domain and nowhere else (help xcloud.remoteaccess_oauth_client_credentials_flow). */
class GenericHostsTest {
    private SalesforceOrgServer server;

    @BeforeEach
    void start() {
        server = SalesforceOrgServer.start(
                OrgSettings.builder("Acme")
                        .signIn(SignInPolicy.DEFAULT.withGenericHosts("login.example"))
                        .build(),
                0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "login.salesforce.com, 400, request not supported on this domain",
        "Test.Salesforce.com:443, 400, request not supported on this domain",
        "login.example, 400, request not supported on this domain",
        "acme.my.salesforce.com, 200, access_token",
        "acme--dev.sandbox.my.salesforce.com, 200, access_token",
    })
    void knowsTheNameItIsCalledBy(String host, int status, String inBody) throws IOException {
        String form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";
        // No client of the JDK lets one choose the Host header.
        String request = "POST /services/oauth2/token HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\nConnection: close\r\n\r\n" + form;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status).contains(inBody);
            if (status == 400) {
                assertThat(answer).contains("\"error\":\"invalid_grant\"");
            }
        }
    }
}
