package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication.JwtBearer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A signed assertion for the JWT bearer flow: RS256 (RFC 7518, 3.3), good for two minutes (RFC 7523, 3). */
final class JwtAssertion {
    /** Salesforce takes three to five minutes at most; sources differ. */
    static final Duration LIFETIME = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private JwtAssertion() {}

    static Result<String> sign(JwtBearer way, Instant now) {
        return RsaKey.parse(way.privateKeyPem()).flatMap(key -> sign(way, key, now));
    }

    private static Result<String> sign(JwtBearer way, PrivateKey key, Instant now) {
        try {
            String head = part(Map.of("alg", "RS256"));
            String claims = part(Map.of(
                    "iss", way.clientId(),
                    "sub", way.username(),
                    "aud", way.audience(),
                    "exp", now.plus(LIFETIME).getEpochSecond()));
            String signed = head + "." + claims;
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return Result.ok(signed + "." + BASE64.encodeToString(signature.sign()));
        } catch (GeneralSecurityException | JsonProcessingException unusable) {
            return Result.failed(RsaKey.INVALID);
        }
    }

    private static String part(Map<String, Object> json) throws JsonProcessingException {
        return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    }
}
