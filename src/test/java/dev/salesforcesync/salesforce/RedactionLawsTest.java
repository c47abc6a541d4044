package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceErrors.RestError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever Salesforce, a proxy or the JDK says, with whatever secret in it, we never say it again. */
class RedactionLawsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /** One secret of each shape there is. */
    private static List<String> secrets(Random random) {
        return List.of(
                // Session id and opaque access token, as in "missing session key: 00D…!AR8…"
                "00D" + some(random, LETTERS, 12) + "!AR8" + some(random, LETTERS + "._", 90),
                // Access token in JWT form
                "eyJ" + some(random, LETTERS, 30) + "." + some(random, LETTERS + "-_", 60) + "."
                        + some(random, LETTERS, 40),
                // Refresh token
                "5Aep861" + some(random, LETTERS + "._", 70),
                // Consumer key and consumer secret
                "3MVG9" + some(random, LETTERS + "._", 80),
                some(random, "0123456789ABCDEF", 64),
                // Security token, and a password with it
                some(random, LETTERS, 24),
                some(random, LETTERS + "!#$%()*+,-./:;=?@[]^_{|}~", 14) + some(random, LETTERS, 24),
                // Proxy credentials
                "Basic " + some(random, LETTERS, 40) + "==");
    }

    private static String some(Random random, String characters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    /** A text of the kind that decides between lines of the table, with the secret somewhere in it. */
    private static String around(Random random, String words, String secret) {
        return switch (random.nextInt(4)) {
            case 0 -> words + " missing session key: " + secret + " This is expected";
            case 1 -> secret + " " + words;
            case 2 -> "Required fields are missing: [" + words + ", " + secret + "!] " + words;
            default -> words + ":" + secret;
        };
    }

    @Property(tries = 50)
    void noSecretComesBackInAnyMessage(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        for (String secret : secrets(random)) {
            List<Object> said = new ArrayList<>();
            for (ErrorRule rule : ErrorTable.RULES) {
                String text = around(random, String.join(" ", rule.words()), secret);
                said.add(SalesforceErrors.row(object(rule), rule.code(), text, List.of(secret + "!", "a b")));
                said.add(SalesforceErrors.call(rule.code(), text));
                said.add(SoapFault.in(ScriptedSalesforce.faultXml("sf:" + rule.code(), escaped(text))
                        .getBytes(StandardCharsets.UTF_8)));
                said.addAll(rest(random, rule.code(), text));
            }
            String text = around(random, "authentication failure", secret);
            for (String error : List.of("invalid_grant", "invalid_client", "new_error", secret, "")) {
                said.add(SignInErrors.of(400, error, text));
                said.add(SignInErrors.ofPasswordGrant(400, error, text));
            }
            said.add(SalesforceErrors.row("User", secret + "!", text, List.of()));
            said.add(SalesforceErrors.call("brand new " + secret, text));
            said.add(NetworkErrors.of(new IOException("Tunnel failed, got: " + secret)));
            said.add(NetworkErrors.of(new ExecutionException(secret, new SSLHandshakeException(secret))));
            said.addAll(values(secret));

            StringBuilder all = new StringBuilder();
            for (Object thing : said) {
                all.append(thing).append('\n');
                if (thing instanceof Failure failure) {
                    all.append(failure.message()).append('\n');
                }
            }
            assertThat(all.toString()).doesNotContain(secret, half(secret));
        }
    }

    private static List<Object> rest(Random random, String code, String text) throws JsonProcessingException {
        byte[] body = JSON.writeValueAsBytes(List.of(Map.of("errorCode", code, "message", text)));
        RestError error = SalesforceErrors.rest(body);
        int status = List.of(400, 401, 403, 404, 500, 503).get(random.nextInt(6));
        return List.of(error, SalesforceErrors.restFailure(status, error));
    }

    /** What our own values show of themselves. */
    private static List<Object> values(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                new Session(
                        secret,
                        URI.create("https://a.my.salesforce.com"),
                        Optional.of(new SalesforceId(ScriptedSalesforce.USER_ID)),
                        Optional.empty()),
                new HttpCall(
                        "query",
                        URI.create("https://a.example/?q=x"),
                        Map.of("Authorization", "Bearer " + secret),
                        Optional.of(bytes)),
                new Delivery.Answered(200, HttpHeaders.of(Map.of("a", List.of(secret)), (n, v) -> true), bytes),
                new SalesforceSettings.Authentication.ClientCredentials(secret, secret),
                new SalesforceSettings.Authentication.JwtBearer("id", "user", secret, "aud"),
                new SalesforceSettings.Authentication.PasswordGrant("id", secret, "user", secret),
                new SalesforceSettings.Authentication.SoapLogin("user", secret),
                new RefusedCredentials.Attempt(
                        URI.create("https://a.example"),
                        "65.0",
                        new SalesforceSettings.Authentication.SoapLogin("user", secret)),
                new SalesforceSettings.Proxy(URI.create("http://p.example"), Optional.of("user"), Optional.of(secret)));
    }

    private static String half(String secret) {
        return secret.substring(secret.length() / 2);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String object(ErrorRule rule) {
        return rule.objects().stream().sorted().findFirst().orElse("User");
    }
}
