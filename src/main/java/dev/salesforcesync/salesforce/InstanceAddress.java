package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Which addresses a sign-in may send us to: the configured host or a sibling of it, and never from https to http. */
final class InstanceAddress {
    static final Failure MISMATCH = new Failure.Terminal(
            SalesforceReason.INSTANCE_MISMATCH,
            "The sign-in points to an address outside the domain of instanceUrl. Set instanceUrl to the org's own My "
                    + "Domain address.");

    private final URI configured;

    InstanceAddress(URI configured) {
        this.configured = configured;
    }

    /** The root of the address that the sign-in named; the configured one when it named none. */
    Optional<URI> accepted(String claimed) {
        if (claimed.isEmpty()) {
            return Optional.of(configured);
        }
        try {
            URI instance = URI.create(claimed);
            boolean sameScheme = configured.getScheme().equalsIgnoreCase(String.valueOf(instance.getScheme()));
            String host = instance.getHost();
            if (!sameScheme || host == null) {
                return Optional.empty();
            }
            boolean same = host.equalsIgnoreCase(configured.getHost()) && instance.getPort() == configured.getPort();
            boolean sibling = instance.getPort() == -1 && domain(host).equals(domain(configured.getHost()));
            return same || sibling ? Optional.of(root(instance)) : Optional.empty();
        } catch (IllegalArgumentException garbled) {
            return Optional.empty();
        }
    }

    private static URI root(URI instance) {
        int port = instance.getPort();
        return URI.create(instance.getScheme() + "://" + instance.getHost() + (port == -1 ? "" : ":" + port));
    }

    private static String domain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.matches("[0-9.]+") || lower.startsWith("[")) {
            return lower;
        }
        String[] labels = lower.split("\\.", -1);
        return labels.length < 3 ? lower : labels[labels.length - 2] + "." + labels[labels.length - 1];
    }
}
