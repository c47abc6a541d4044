package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Backoff;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceReason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tests one connection again and again, and lends the tested session to the policies on it. */
final class ConnectionEngine implements Loop.Turn, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEngine.class);
    private static final Duration SLOWEST_RETRY = Duration.ofMinutes(5);

    private final ResourceName name;
    private final Engines engines;
    private final OrgClaims claims;
    private final Runnable onChange;
    private final Clock clock;
    private final Loop loop;

    private volatile Optional<ConnectionOrder> order = Optional.empty();
    private volatile ConnectionSnapshot snapshot = ConnectionSnapshot.EMPTY;
    private volatile Optional<OrgSession> session = Optional.empty();
    private volatile boolean deleted;
    private Optional<SalesforceOrg> org = Optional.empty();
    private Optional<ConnectionOrder> orderOfOrg = Optional.empty();
    private int failures;

    ConnectionEngine(ResourceName name, Engines engines, OrgClaims claims, Runnable onChange, Clock clock) {
        this.name = name;
        this.engines = engines;
        this.claims = claims;
        this.onChange = onChange;
        this.clock = clock;
        this.loop = new Loop("connection-" + name, this);
        loop.start();
    }

    void offer(ConnectionOrder next) {
        deleted = false;
        if (!order.equals(Optional.of(next))) {
            order = Optional.of(next);
            failures = 0;
            loop.wake();
        }
    }

    /**
     * The connection is gone or can't be understood: nobody gets a session any more.
     *
     * @param gone for good: the org is free for another connection
     */
    void withdraw(boolean gone) {
        deleted |= gone;
        order = Optional.empty();
        session = Optional.empty();
        loop.wake();
    }

    void wake() {
        loop.wake();
    }

    boolean isDeleted() {
        return deleted;
    }

    Optional<ConnectionOrder> order() {
        return order;
    }

    ConnectionSnapshot snapshot() {
        return snapshot;
    }

    /** The tested session, while the newest test succeeded. */
    Optional<OrgSession> session() {
        return session;
    }

    /** The ledger was written by somebody else: read it again before anything is done with it. */
    void distrustLedger() {
        session = Optional.empty();
        loop.wake();
    }

    @Override
    public Duration take() {
        Optional<ConnectionOrder> newest = order;
        if (newest.isEmpty()) {
            retire();
            return Duration.ofHours(1);
        }
        ConnectionOrder current = newest.get();
        useSettingsOf(current);
        Result<OrgSession> tested = test(current, org.orElseThrow());
        if (tested instanceof Result.Failed<OrgSession> failed) {
            return refuse(current, failed.failure());
        }
        accept(current, ((Result.Ok<OrgSession>) tested).value());
        return current.probeInterval();
    }

    private void retire() {
        if (engines.retire(name, this)) {
            org.ifPresent(SalesforceOrg::close);
            loop.end();
        }
    }

    private void useSettingsOf(ConnectionOrder current) {
        boolean same = orderOfOrg
                .filter(old -> old.settings().equals(current.settings()))
                .isPresent();
        if (!same) {
            session = Optional.empty();
            org.ifPresent(SalesforceOrg::close);
            org = Optional.of(engines.edges().salesforce(current.settings()));
        }
        orderOfOrg = Optional.of(current);
    }

    private Result<OrgSession> test(ConnectionOrder current, SalesforceOrg gateway) {
        return gateway.describe().flatMap(description -> {
            Optional<ResourceName> owner =
                    claims.claim(description.organization().id(), name);
            if (owner.isPresent()) {
                return Result.failed(new Failure.Terminal(
                        "OrganizationClaimed",
                        "The org " + description.organization().id() + " is already served by the connection "
                                + owner.get() + "; use that one, or delete it."));
            }
            return ledger(current, description)
                    .map(ledger -> new OrgSession(
                            gateway,
                            description,
                            ledger,
                            current.protectedPermissionSets(),
                            current.settings().budget().maxConcurrentRequests()));
        });
    }

    private Result<OrgLedger> ledger(ConnectionOrder current, OrgDescription description) {
        Result<OrgLedger> opened =
                engines.ledgers().of(description.organization().id());
        if (opened instanceof Result.Ok<OrgLedger> ok
                && current.acceptLedgerLoss().isPresent()) {
            OrgLedger ledger = ok.value();
            return ledger.acceptLoss(current.acceptLedgerLoss().get()).map(accepted -> ledger);
        }
        return opened;
    }

    private void accept(ConnectionOrder current, OrgSession tested) {
        failures = 0;
        boolean wasClosed = session.isEmpty();
        if (order.isEmpty()) {
            return;
        }
        session = Optional.of(tested);
        show(new ConnectionSnapshot(
                current.generation(),
                Optional.of(tested.description()),
                Optional.empty(),
                Optional.of(clock.instant()),
                tested.ledger().lostEpoch()));
        if (wasClosed) {
            LOG.info("connection {} reaches org {}", name, tested.orgId());
        }
    }

    private Duration refuse(ConnectionOrder current, Failure failure) {
        failures++;
        if (!failure.reason().equals(SalesforceReason.API_BUDGET_EXHAUSTED)) {
            // Without calls there is no test, which says nothing against the credentials: leavers are still looked
            // after.
            session = Optional.empty();
        }
        LOG.warn("connection {} failed: {} {}", name, failure.reason(), failure.message());
        show(new ConnectionSnapshot(
                current.generation(),
                snapshot.description(),
                Optional.of(failure),
                Optional.of(clock.instant()),
                Optional.empty()));
        if (failure instanceof Failure.Terminal) {
            return current.probeInterval().compareTo(SLOWEST_RETRY) > 0 ? current.probeInterval() : SLOWEST_RETRY;
        }
        Duration delay =
                Backoff.DEFAULT.delay(failures, ThreadLocalRandom.current().nextDouble());
        return failure instanceof Failure.Transient again && again.atLeast().compareTo(delay) > 0
                ? again.atLeast()
                : delay;
    }

    private void show(ConnectionSnapshot next) {
        snapshot = next;
        onChange.run();
    }

    @Override
    public void failed(RuntimeException bug) {
        session = Optional.empty();
        show(new ConnectionSnapshot(
                order.map(ConnectionOrder::generation).orElse(0L),
                snapshot.description(),
                Optional.of(new Failure.Transient(
                        "InternalError", "The operator met a bug while testing the connection; see its log.")),
                Optional.of(clock.instant()),
                Optional.empty()));
    }

    @Override
    public void close() {
        loop.close();
        org.ifPresent(SalesforceOrg::close);
    }
}
