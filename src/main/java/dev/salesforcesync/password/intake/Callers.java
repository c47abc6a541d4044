package dev.salesforcesync.password.intake;

import dev.salesforcesync.password.AgentCredentials;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Tells whether somebody is who he must be to hand passwords over. */
final class Callers {
    /** dNSName among the kinds of GeneralName (RFC 5280, 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final int LONGEST = 4_096;

    private Callers() {}

    static boolean showsToken(Optional<String> authorization, Collection<String> tokens) {
        return value(authorization, "bearer ")
                .filter(token -> Secrets.isAnyOf(token.getBytes(StandardCharsets.UTF_8), tokens))
                .isPresent();
    }

    static boolean signsIn(Optional<String> authorization, AgentCredentials.Basic basic) {
        Optional<String> encoded = value(authorization, "basic ");
        if (encoded.isEmpty()) {
            return false;
        }
        byte[] shown;
        try {
            shown = Base64.getDecoder().decode(encoded.get());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        List<String> fitting = basic.passwords().stream()
                .map(password -> basic.name() + ":" + password)
                .toList();
        boolean fits = Secrets.isAnyOf(shown, fitting);
        Arrays.fill(shown, (byte) 0);
        return fits;
    }

    /** @param session whose peer's certificate, if there is one, was verified in the handshake */
    static boolean showsName(SSLSession session, Collection<String> names) {
        if (names.isEmpty()) {
            return false;
        }
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return alternatives != null
                    && alternatives.stream()
                            .filter(name -> name.get(0) instanceof Integer kind && kind == DNS_NAME)
                            .map(name -> String.valueOf(name.get(1)))
                            .anyMatch(name -> names.stream().anyMatch(name::equalsIgnoreCase));
        } catch (SSLPeerUnverifiedException | CertificateParsingException none) {
            return false;
        }
    }

    private static Optional<String> value(Optional<String> authorization, String scheme) {
        return authorization
                .filter(text -> text.length() <= LONGEST
                        && text.toLowerCase(Locale.ROOT).startsWith(scheme))
                .map(text -> text.substring(scheme.length()).strip());
    }
}
