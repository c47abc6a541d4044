package dev.salesforcesync.sandbox;

import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.sandbox.Expectation.Expected;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What {@code -Dsandbox.once} proves: the org looks as the directory demands, by a reading of its own; no more write
 * calls were used than rows need; a second comparison writes nothing; and ten fields changed by somebody else in
 * between are healed by one call.
 */
final class Rehearsal {
    /** Somebody of the sandbox directory to play with. */
    static final String SOMEBODY = "CN=Priya Smith (psmith),OU=London,OU=People,DC=corp,DC=example,DC=com";

    private static final int DRIFT = 10;
    private static final String DRIFTED = "Changed by somebody else";

    private final SandboxWorld world;
    private final KubernetesClient client;
    private final Watcher watcher;
    private final Console console;
    private final SandboxOptions options;
    private final Scrape scrape;
    private final List<String> troubles = new ArrayList<>();
    private final Summary summary = new Summary();

    Rehearsal(
            SandboxWorld world,
            KubernetesClient client,
            Watcher watcher,
            Console console,
            SandboxOptions options,
            Scrape scrape) {
        this.world = world;
        this.client = client;
        this.watcher = watcher;
        this.console = console;
        this.options = options;
        this.scrape = scrape;
    }

    /** Waits for the first convergence; answers why it did not come to a good end. */
    Optional<String> firstRun() throws InterruptedException {
        Instant begin = Instant.now();
        Optional<SyncPolicy> settled = watcher.settled(Instant.EPOCH, patience());
        summary.seconds("firstConvergence", Duration.between(begin, Instant.now()));
        if (settled.isEmpty()) {
            return Optional.of("the policy did not settle within " + patience());
        }
        return Watcher.holds(settled.get(), "Ready")
                ? Optional.empty()
                : Watcher.condition(settled.get(), "Ready").map(c -> c.getReason() + ": " + c.getMessage());
    }

    private Duration patience() {
        return Duration.ofSeconds(90).plusMillis(options.users() * 10L);
    }

    /** 0 when everything holds. */
    int verify(Optional<String> troubleOfFirstRun) throws InterruptedException {
        troubleOfFirstRun.ifPresent(troubles::add);
        if (troubles.isEmpty()) {
            summary.firstRun(watcher.look(), world.salesforce().journal(), scrape.written());
            scrape.phases().forEach(summary::seconds);
            checkWriteCalls(world.salesforce().journal().entries());
            List<Expected> expected = expected();
            checkPeople(expected);
            checkSecondComparison();
            checkHealing(expected);
        }
        summary.end(troubles, world.salesforce().journal(), options.folder().resolve("summary.json"));
        troubles.forEach(trouble -> console.line("NOT AS IT SHOULD BE: " + trouble));
        console.line(
                troubles.isEmpty()
                        ? "converged and verified; see target/sandbox/summary.json"
                        : "not verified; see target/sandbox/summary.json");
        return troubles.isEmpty() ? 0 : 1;
    }

    private void checkWriteCalls(List<Journal.Entry> entries) {
        WriteCalls calls = WriteCalls.of(entries);
        console.line(calls.told());
        if (calls.made() > calls.allowed()) {
            troubles.add(calls.made() + " write calls, " + calls.allowed() + " allowed");
        }
    }

    private List<Expected> expected() {
        try {
            return Expectation.read(world.directory());
        } catch (LDAPException e) {
            throw new IllegalStateException("the sandbox directory can't be read back", e);
        }
    }

    private void checkPeople(List<Expected> expected) {
        long wrong = 0;
        for (Expected person : expected) {
            Optional<String> trouble =
                    person.differsFrom(world.salesforce().org().user(person.username()));
            if (trouble.isPresent() && wrong++ < 5) {
                troubles.add(trouble.get());
            }
        }
        console.line(expected.size() + " people compared with the org by a reading of our own, " + wrong + " wrong");
        summary.compared(expected.size());
    }

    private void checkSecondComparison() throws InterruptedException {
        int before = world.salesforce().journal().writeCalls();
        Instant begin = compareAgain("second");
        int made = world.salesforce().journal().writeCalls() - before;
        summary.seconds("secondComparison", Duration.between(begin, Instant.now()));
        console.line("second comparison: " + made + " write calls");
        if (made > 0) {
            troubles.add("the second comparison made " + made + " write calls");
        }
    }

    private void checkHealing(List<Expected> expected) throws InterruptedException {
        List<Row> victims = expected.stream()
                .filter(Expected::active)
                .limit(DRIFT)
                .map(person -> world.salesforce().org().user(person.username()).orElseThrow())
                .toList();
        victims.forEach(row -> world.salesforce().org().editAsHuman("User", row.id(), Map.of("Department", DRIFTED)));
        int before = world.salesforce().journal().writeCalls();
        compareAgain("healing");
        int made = world.salesforce().journal().writeCalls() - before;
        long left = victims.stream()
                .map(row -> world.salesforce().org().record("User", row.id()).orElseThrow())
                .filter(row -> DRIFTED.equals(row.text("Department")))
                .count();
        console.line("healing: " + (victims.size() - left) + " of " + victims.size() + " fields, by " + made
                + " write calls");
        summary.healed((int) (victims.size() - left));
        if (left > 0 || made != 1) {
            troubles.add(left + " fields not healed, " + made + " write calls");
        }
    }

    /** Asks for a run and waits for its end; answers when it was asked for. */
    private Instant compareAgain(String why) throws InterruptedException {
        // the status tells the time in whole seconds
        Instant whole = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), whole).toMillis() + 5);
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        client.resources(SyncPolicy.class)
                .inNamespace("default")
                .withName(Watcher.POLICY)
                .edit(policy -> {
                    policy.getMetadata().getAnnotations().put("salesforcesync.dev/run-now", why);
                    return policy;
                });
        if (watcher.settled(begin, patience()).isEmpty()) {
            troubles.add("the " + why + " comparison did not end within " + patience());
        }
        return begin;
    }

    /** Write calls made, and how many the rows need. */
    record WriteCalls(int made, int allowed, String told) {
        private static final int ROWS = 200;
        private static final int SLACK = 8;

        static WriteCalls of(List<Journal.Entry> entries) {
            Map<String, int[]> passes = new TreeMap<>();
            for (Journal.Entry entry : entries) {
                if (entry.call().write()) {
                    int[] sums = passes.computeIfAbsent(
                            entry.call().operation() + " " + entry.call().objectType(), first -> new int[2]);
                    sums[0]++;
                    sums[1] += entry.call().rows();
                }
            }
            int made = passes.values().stream().mapToInt(sums -> sums[0]).sum();
            int needed = passes.values().stream()
                    .mapToInt(sums -> (sums[1] + ROWS - 1) / ROWS)
                    .sum();
            StringBuilder told = new StringBuilder("write calls:");
            passes.forEach((pass, sums) -> told.append(" ")
                    .append(pass)
                    .append(" ")
                    .append(sums[0])
                    .append(" for ")
                    .append(sums[1])
                    .append(" rows;"));
            return new WriteCalls(made, needed + SLACK, told + " " + (needed + SLACK) + " allowed");
        }
    }
}
