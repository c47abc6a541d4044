package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A JSON web token with a signature by RS256 (RFC 7515, RFC 7519).
 *
 * @param signed what the signature is over
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Jwt(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {

    /** Reads the compact form; empty when it isn't one. */
    static Optional<Jwt> read(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            return Optional.of(new Jwt(
                    object(parts[0]),
                    object(parts[1]),
                    signed,
                    Base64.getUrlDecoder().decode(parts[2])));
        } catch (IllegalArgumentException | ApiRefusal e) {
            return Optional.empty();
        }
    }

    private static ObjectNode object(String part) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    /** Whether one of these keys made the signature; no other algorithm than RS256 is looked at. */
    boolean isSignedBy(List<PublicKey> keys) {
        return header.path("alg").asText("").equals("RS256") && keys.stream().anyMatch(this::isSignedBy);
    }

    private boolean isSignedBy(PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    String claim(String name) {
        return claims.path(name).asText("");
    }

    boolean isFor(List<String> audiences) {
        JsonNode audience = claims.path("aud");
        return audience.isTextual() && audiences.contains(audience.asText().replaceAll("/$", ""));
    }

    /** When it ends; a number, or a number as text as some clients write it. */
    Optional<Instant> expires() {
        String text = claim("exp");
        return text.matches("\\d{1,12}") ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Optional.empty();
    }
}
