package dev.salesforcesync.config;

import java.util.OptionalInt;

/**
 * Where agents hand passwords over, and what protects those. Neither listener runs unless it is given a port.
 *
 * @param httpsPort of the listener for JSON and for midPoint's agent ({@code PASSWORD_HTTPS_PORT}; 0 picks a free one)
 * @param ldapsPort of the listener for PassSync ({@code PASSWORD_LDAPS_PORT}; 0 picks a free one)
 * @param tlsSecret Secret of the operator's own namespace with {@code tls.crt} and {@code tls.key} of both listeners,
 *     and {@code ca.crt} of clients' certificates, as cert-manager lays them out ({@code PASSWORD_TLS_SECRET})
 * @param sealingSecret Secret of the operator's own namespace with the keys under which passwords are sealed; made when
 *     it is not there ({@code PASSWORD_SEALING_SECRET})
 */
public record IntakeConfig(OptionalInt httpsPort, OptionalInt ldapsPort, String tlsSecret, String sealingSecret) {
    static final String TLS_SECRET = "salesforcesync-passwords-tls";
    static final String SEALING_SECRET = "salesforcesync-passwords-key";

    /** No password is taken in. */
    public static final IntakeConfig NONE =
            new IntakeConfig(OptionalInt.empty(), OptionalInt.empty(), TLS_SECRET, SEALING_SECRET);

    /** Whether any listener runs. */
    public boolean listens() {
        return httpsPort.isPresent() || ldapsPort.isPresent();
    }
}
