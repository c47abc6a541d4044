package dev.salesforcesync.contract;

import dev.salesforcesync.contract.Against.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every fact with what it was tried on and what came of it: written to target/contract/facts.txt. The figures are
 * printed, and after a real org was asked what is still unproven, too.
 */
final class FactReport {
    static final Path FILE = Path.of("target", "contract", "facts.txt");

    private static final FactReport OF_THIS_RUN = new FactReport();

    private final Map<Kind, Map<Fact, Finding>> findings = new EnumMap<>(Kind.class);

    /** The one that all suites of this JVM write to. */
    static FactReport ofThisRun() {
        return OF_THIS_RUN;
    }

    synchronized void add(Kind kind, Fact fact, Finding finding) {
        findings.computeIfAbsent(kind, any -> new EnumMap<>(Fact.class)).merge(fact, finding, Finding::both);
    }

    /** One line for each fact, then the figures. */
    synchronized List<String> lines() {
        return Stream.concat(
                        Stream.of(Fact.values())
                                .map(fact -> "%-3s %-8s %-30s %-22s %s. %s"
                                        .formatted(
                                                fact.section(),
                                                fact.mark(),
                                                fact.name(),
                                                verdict(fact),
                                                fact.statement(),
                                                remark(fact))
                                        .strip()),
                        Stream.of(figures()))
                .toList();
    }

    synchronized String figures() {
        long real = count(Kind.REAL, Finding.Holds.class);
        return "%d facts; on the sandbox org %d hold, %d fail; on a real org %d hold, %d fail, %d are UNPROVEN"
                .formatted(
                        Fact.values().length,
                        count(Kind.SANDBOX, Finding.Holds.class),
                        count(Kind.SANDBOX, Finding.Fails.class),
                        real,
                        count(Kind.REAL, Finding.Fails.class),
                        Fact.values().length - real - count(Kind.REAL, Finding.Fails.class));
    }

    synchronized void publish() {
        List<String> lines = lines();
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.write(FILE, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (findings.containsKey(Kind.REAL)) {
            lines.stream()
                    .filter(line -> line.contains(" UNPROVEN") || line.contains(" FAILS "))
                    .forEach(System.out::println);
        }
        System.out.println(figures() + "; all of them in " + FILE);
    }

    private long count(Kind kind, Class<? extends Finding> what) {
        return findings.getOrDefault(kind, Map.of()).values().stream()
                .filter(what::isInstance)
                .count();
    }

    private String verdict(Fact fact) {
        Optional<Finding> sandbox = finding(Kind.SANDBOX, fact);
        Optional<Finding> real = finding(Kind.REAL, fact);
        if (Stream.of(sandbox, real).flatMap(Optional::stream).anyMatch(Finding.Fails.class::isInstance)) {
            return "FAILS on "
                    + (real.filter(Finding.Fails.class::isInstance).isPresent() ? "the real org" : "sandbox");
        }
        if (real.filter(Finding.Holds.class::isInstance).isPresent()) {
            return "proven: real org";
        }
        return sandbox.filter(Finding.Holds.class::isInstance).isPresent() ? "UNPROVEN, sandbox ok" : "UNPROVEN";
    }

    private String remark(Fact fact) {
        if (finding(Kind.REAL, fact).orElse(null) instanceof Finding.Untried untried) {
            return "Real org: " + untried.why();
        }
        boolean triedOnReal = finding(Kind.REAL, fact).isPresent();
        if (!triedOnReal && !fact.whyNotEverywhere().isEmpty()) {
            return (fact.reach() == Fact.Reach.REAL ? "Sandbox org: " : "Real org: ") + fact.whyNotEverywhere();
        }
        if (finding(Kind.SANDBOX, fact).orElse(null) instanceof Finding.Untried untried) {
            return "Sandbox org: " + untried.why();
        }
        return triedOnReal ? "" : "Real org: none in this run";
    }

    private Optional<Finding> finding(Kind kind, Fact fact) {
        return Optional.ofNullable(findings.getOrDefault(kind, Map.of()).get(fact));
    }
}
