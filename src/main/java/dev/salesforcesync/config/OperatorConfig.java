package dev.salesforcesync.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The operator's own configuration, read once at start from the environment.
 *
 * @param watchNamespaces namespaces whose resources are served; {@code *} alone for all ({@code WATCH_NAMESPACES},
 *     default: the operator's own namespace)
 * @param watchLabelSelector serve only resources with these labels ({@code WATCH_LABEL_SELECTOR}); shards an
 *     installation over several operators
 * @param namespace where the ledger, the lease and the write switch live ({@code POD_NAMESPACE}, default
 *     {@code default})
 * @param identity tells this process from others ({@code POD_NAME}, made unique per process)
 * @param writesEnabled false stops every write to Salesforce ({@code WRITES_ENABLED}, default true)
 * @param leaderElection whether only the holder of a Lease converges ({@code LEADER_ELECTION}, default true)
 * @param salesforceHosts hosts that connections may point at ({@code ALLOWED_SALESFORCE_HOSTS}, default: Salesforce's
 *     own domains)
 * @param directoryHosts hosts that policies may point at ({@code ALLOWED_DIRECTORY_HOSTS}, default {@code *})
 * @param port where {@code /metrics}, {@code /healthz} and {@code /readyz} are served ({@code HTTP_PORT}, default
 *     8080; 0 picks a free one)
 * @param passwords where agents hand passwords over
 */
public record OperatorConfig(
        List<String> watchNamespaces,
        Optional<String> watchLabelSelector,
        String namespace,
        String identity,
        boolean writesEnabled,
        boolean leaderElection,
        List<HostRule> salesforceHosts,
        List<HostRule> directoryHosts,
        int port,
        IntakeConfig passwords) {
    /** My Domain hosts of production, sandboxes, government clouds and Salesforce on Alibaba Cloud. */
    static final String SALESFORCE_DOMAINS = "*.salesforce.com,*.salesforce.mil,*.sfcrmproducts.cn";

    public OperatorConfig {
        watchNamespaces = List.copyOf(watchNamespaces);
        salesforceHosts = List.copyOf(salesforceHosts);
        directoryHosts = List.copyOf(directoryHosts);
    }

    /** One that takes in no passwords. */
    public OperatorConfig(
            List<String> watchNamespaces,
            Optional<String> watchLabelSelector,
            String namespace,
            String identity,
            boolean writesEnabled,
            boolean leaderElection,
            List<HostRule> salesforceHosts,
            List<HostRule> directoryHosts,
            int port) {
        this(
                watchNamespaces,
                watchLabelSelector,
                namespace,
                identity,
                writesEnabled,
                leaderElection,
                salesforceHosts,
                directoryHosts,
                port,
                IntakeConfig.NONE);
    }

    /** The same with another way for passwords. */
    public OperatorConfig withPasswords(IntakeConfig intake) {
        return new OperatorConfig(
                watchNamespaces,
                watchLabelSelector,
                namespace,
                identity,
                writesEnabled,
                leaderElection,
                salesforceHosts,
                directoryHosts,
                port,
                intake);
    }

    /**
     * Reads and checks everything at once.
     *
     * @throws IllegalArgumentException whose message names every wrong variable and what it must be
     */
    public static OperatorConfig from(Map<String, String> environment, String processIdentity) {
        Reader reader = new Reader(environment);
        String namespace = reader.text("POD_NAMESPACE", "default");
        OperatorConfig config = new OperatorConfig(
                reader.list("WATCH_NAMESPACES", namespace),
                Optional.of(reader.text("WATCH_LABEL_SELECTOR", "")).filter(s -> !s.isEmpty()),
                namespace,
                reader.text("POD_NAME", "operator") + "_" + processIdentity,
                reader.flag("WRITES_ENABLED", true),
                reader.flag("LEADER_ELECTION", true),
                reader.hosts("ALLOWED_SALESFORCE_HOSTS", SALESFORCE_DOMAINS),
                reader.hosts("ALLOWED_DIRECTORY_HOSTS", "*"),
                reader.port("HTTP_PORT", 8080),
                reader.passwords());
        if (config.watchNamespaces().contains("*") && config.watchNamespaces().size() > 1) {
            reader.problems.add("WATCH_NAMESPACES must be '*' alone or a list of names");
        }
        if (!reader.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reader.problems));
        }
        return config;
    }

    public boolean watchesAllNamespaces() {
        return watchNamespaces.contains("*");
    }

    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        String text(String name, String fallback) {
            String value = environment.getOrDefault(name, "").strip();
            return value.isEmpty() ? fallback : value;
        }

        boolean flag(String name, boolean fallback) {
            String value = text(name, String.valueOf(fallback));
            if (!value.equals("true") && !value.equals("false")) {
                problems.add(name + " must be true or false");
                return fallback;
            }
            return value.equals("true");
        }

        List<String> list(String name, String fallback) {
            return Arrays.stream(text(name, fallback).split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .toList();
        }

        List<HostRule> hosts(String name, String fallback) {
            List<HostRule> rules = new ArrayList<>();
            for (String entry : list(name, fallback)) {
                try {
                    rules.add(HostRule.parse(entry));
                } catch (IllegalArgumentException e) {
                    problems.add(name + ": " + e.getMessage());
                }
            }
            return rules;
        }

        IntakeConfig passwords() {
            return new IntakeConfig(
                    portIfGiven("PASSWORD_HTTPS_PORT"),
                    portIfGiven("PASSWORD_LDAPS_PORT"),
                    text("PASSWORD_TLS_SECRET", IntakeConfig.TLS_SECRET),
                    text("PASSWORD_SEALING_SECRET", IntakeConfig.SEALING_SECRET));
        }

        private OptionalInt portIfGiven(String name) {
            return text(name, "").isEmpty() ? OptionalInt.empty() : OptionalInt.of(port(name, 0));
        }

        int port(String name, int fallback) {
            try {
                int port = Integer.parseInt(text(name, String.valueOf(fallback)));
                if (port >= 0 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // told below with the same words as a number out of range
            }
            problems.add(name + " must be a number from 0 to 65535");
            return fallback;
        }
    }
}
