package dev.salesforcesync.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every metric of the operator, by what happened. Names begin with {@code salesforcesync}; every label value comes
 * from a closed set or is the namespace and name of a resource, never a person, a DN or a message.
 */
public final class Telemetry implements AutoCloseable {
    private static final Duration[] CALL_BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final AtomicInteger leader = new AtomicInteger();
    private final Map<ResourceKey, ResourceSeries> resources = new ConcurrentHashMap<>();
    private final MultiGauge conditions = gauge("salesforcesync.condition", "1 for the status a condition has now");
    private final MultiGauge people = gauge("salesforcesync.people", "People of a policy by state");
    private final MultiGauge planned = gauge("salesforcesync.planned.actions", "Actions of the newest plan by action");
    private final MultiGauge seats = gauge("salesforcesync.license.seats", "Seats of a licence by state");
    private final MultiGauge remaining =
            gauge("salesforcesync.salesforce.api.requests.remaining", "Calls left of the org's rolling day");
    private final MultiGauge lastSuccess =
            gauge("salesforcesync.last.success.timestamp.seconds", "When a resource last converged, in Unix time");

    private final PasswordTelemetry passwords = new PasswordTelemetry(registry);

    public Telemetry(String version) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("salesforcesync.leader", leader, AtomicInteger::get)
                .description("1 while this process converges")
                .register(registry);
        Gauge.builder("salesforcesync.build.info", () -> 1)
                .description("Always 1; the version is in the label")
                .tag("version", version)
                .register(registry);
    }

    /** What is counted of passwords. */
    public PasswordTelemetry passwords() {
        return passwords;
    }

    /** The text that Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    public void leading(boolean now) {
        leader.set(now ? 1 : 0);
    }

    /** One reconciliation: how it ended (converged, waiting, transient, terminal, bug) and how long it took. */
    public void reconciled(String controller, String outcome, Duration took) {
        Counter.builder("salesforcesync.reconcile")
                .description("Reconciliations by outcome")
                .tags("controller", controller, "outcome", outcome)
                .register(registry)
                .increment();
        timer("salesforcesync.reconcile.duration", "Time of one reconciliation", Tags.of("controller", controller))
                .record(took);
    }

    /** One action on a Salesforce user and what came of it (written, refused, unknown, notsent). */
    public void acted(String action, String result) {
        Counter.builder("salesforcesync.actions")
                .description("Actions on Salesforce users by result")
                .tags("action", action, "result", result)
                .register(registry)
                .increment();
    }

    /** One call to Salesforce. */
    public void salesforceCall(String operation, String result, Duration took) {
        Counter.builder("salesforcesync.salesforce.requests")
                .description("Calls to Salesforce by operation and result")
                .tags("operation", operation, "result", result)
                .register(registry)
                .increment();
        timer("salesforcesync.salesforce.request.duration", "Time of one call", Tags.of("operation", operation))
                .record(took);
    }

    /** One phase of a comparison: read, plan or write. */
    public void phase(String phase, Duration took) {
        timer("salesforcesync.phase.duration", "Time of one phase of a comparison", Tags.of("phase", phase))
                .record(took);
    }

    /** What one resource shows now; replaces what it showed before. */
    public void show(ResourceKey key, ResourceSeries series) {
        resources.put(key, series);
        refresh();
    }

    /** Removes every series of a resource that is gone. */
    public void forget(ResourceKey key) {
        resources.remove(key);
        refresh();
    }

    private synchronized void refresh() {
        List<MultiGauge.Row<?>> conditionRows = new ArrayList<>();
        List<MultiGauge.Row<?>> peopleRows = new ArrayList<>();
        List<MultiGauge.Row<?>> planRows = new ArrayList<>();
        List<MultiGauge.Row<?>> seatRows = new ArrayList<>();
        List<MultiGauge.Row<?>> remainingRows = new ArrayList<>();
        List<MultiGauge.Row<?>> successRows = new ArrayList<>();
        resources.forEach((key, series) -> {
            Tags named = Tags.of("namespace", key.namespace(), "name", key.name());
            series.conditions()
                    .forEach((type, status) -> conditionRows.add(
                            MultiGauge.Row.of(named.and("kind", key.kind(), "type", type, "status", status), 1)));
            series.people()
                    .forEach((state, count) -> peopleRows.add(MultiGauge.Row.of(named.and("state", state), count)));
            series.planned()
                    .forEach((action, count) -> planRows.add(MultiGauge.Row.of(named.and("action", action), count)));
            series.seats()
                    .forEach((seat, count) -> seatRows.add(
                            MultiGauge.Row.of(named.and("license", seat.license(), "state", seat.state()), count)));
            series.apiRequestsRemaining().ifPresent(left -> remainingRows.add(MultiGauge.Row.of(named, left)));
            series.lastSuccess()
                    .ifPresent(when ->
                            successRows.add(MultiGauge.Row.of(named.and("kind", key.kind()), when.getEpochSecond())));
        });
        conditions.register(conditionRows, true);
        people.register(peopleRows, true);
        planned.register(planRows, true);
        seats.register(seatRows, true);
        remaining.register(remainingRows, true);
        lastSuccess.register(successRows, true);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(CALL_BUCKETS)
                .register(registry);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
