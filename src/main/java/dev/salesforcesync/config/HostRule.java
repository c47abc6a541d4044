package dev.salesforcesync.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a list of hosts that resources may point at: {@code [scheme://]host[:port]}, where {@code *} stands
 * for every host and {@code *.example.com} for every host below a domain. Without a scheme the entry allows the
 * protected ones only, {@code https} and {@code ldaps}, and {@code ldap}, on which StartTLS is always demanded.
 */
public record HostRule(Optional<String> scheme, String host, Optional<Integer> port) {
    private static final Map<String, Integer> DEFAULT_PORTS =
            Map.of("http", 80, "https", 443, "ldap", 389, "ldaps", 636);

    /** Reads one entry; throws {@link IllegalArgumentException} that names it. */
    public static HostRule parse(String entry) {
        String rest = entry.strip().toLowerCase(Locale.ROOT);
        Optional<String> scheme = Optional.empty();
        int schemeEnd = rest.indexOf("://");
        if (schemeEnd >= 0) {
            scheme = Optional.of(rest.substring(0, schemeEnd));
            rest = rest.substring(schemeEnd + 3);
        }
        Optional<Integer> port = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon >= 0) {
            try {
                port = Optional.of(Integer.parseInt(rest.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + entry + "' must be [scheme://]host[:port]", e);
            }
            rest = rest.substring(0, colon);
        }
        if (!rest.matches("\\*|(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + entry + "' must be [scheme://]host[:port], where the host may"
                    + " begin with '*.' or be '*' alone");
        }
        return new HostRule(scheme, rest, port);
    }

    public static boolean anyAllows(List<HostRule> rules, URI target) {
        return rules.stream().anyMatch(rule -> rule.allows(target));
    }

    boolean allows(URI target) {
        if (target.getScheme() == null || target.getHost() == null) {
            return false;
        }
        String targetScheme = target.getScheme().toLowerCase(Locale.ROOT);
        boolean schemeFits = scheme.map(targetScheme::equals)
                .orElse(List.of("https", "ldaps", "ldap").contains(targetScheme));
        return schemeFits
                && hostFits(target.getHost().toLowerCase(Locale.ROOT))
                && port.map(p -> p == portOf(target, targetScheme)).orElse(true);
    }

    private static int portOf(URI target, String scheme) {
        return target.getPort() >= 0 ? target.getPort() : DEFAULT_PORTS.getOrDefault(scheme, -1);
    }

    private boolean hostFits(String target) {
        if (host.equals("*")) {
            return true;
        }
        return host.startsWith("*.") ? target.endsWith(host.substring(1)) : target.equals(host);
    }
}
