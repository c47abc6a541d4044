package dev.salesforcesync.directory;

import dev.salesforcesync.directory.ServerDiscovery.Published;
import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.failure.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A domain's servers in order of preference, with what is remembered of them: who failed just now is not asked again for
 * a short while, then he gets his place back. Shared by all connections to one domain; safe for several threads.
 */
final class ServerRoster {
    /** How long a server that failed is passed over; also the longest time until a preferred one is used again. */
    static final Duration PASSED_OVER = Duration.ofMinutes(1);

    /** How long an answer of DNS is used. */
    static final Duration DNS_AGE = Duration.ofMinutes(10);

    /** The shortest time between two questions to DNS because of failing servers. */
    static final Duration DNS_PAUSE = Duration.ofSeconds(10);

    private final ServerDiscovery discovery;
    private final Clock clock;
    private final Map<Server, Instant> failedAt = new HashMap<>();
    private Optional<Known> known = Optional.empty();

    ServerRoster(ServerDiscovery discovery, Clock clock) {
        this.discovery = discovery;
        this.clock = clock;
    }

    private record Known(Optional<Published> published, List<Server> servers, Instant since) {}

    /** Whom to ask, best first. Those that failed just now are left out, unless all did. */
    synchronized Result<List<Server>> inOrder() {
        Instant now = clock.instant();
        if (known.isEmpty() || isOlder(DNS_AGE, now)) {
            Optional<Result<List<Server>>> failed = renew(now);
            if (failed.isPresent() && known.isEmpty()) {
                return failed.get();
            }
        }
        List<Server> all = known.orElseThrow().servers();
        List<Server> hopeful =
                all.stream().filter(server -> !isPassedOver(server, now)).toList();
        return Result.ok(hopeful.isEmpty() ? all : hopeful);
    }

    synchronized void failed(Server server) {
        failedAt.put(server, clock.instant());
    }

    synchronized void answered(Server server) {
        failedAt.remove(server);
    }

    /** Whether there is hope for a server that is preferred to this one. */
    synchronized boolean hasBetterThan(Server server) {
        Instant now = clock.instant();
        for (Server other : known.map(Known::servers).orElse(List.of())) {
            if (other.equals(server)) {
                return false;
            }
            if (!isPassedOver(other, now)) {
                return true;
            }
        }
        return true;
    }

    /** Every server failed: asks DNS once more. The servers that were not known before, in order. */
    synchronized List<Server> newcomers() {
        Instant now = clock.instant();
        if (!discovery.usesDns() || known.isEmpty() || !isOlder(DNS_PAUSE, now)) {
            return List.of();
        }
        List<Server> before = known.get().servers();
        renew(now);
        List<Server> newcomers = new ArrayList<>(known.get().servers());
        newcomers.removeAll(before);
        return newcomers;
    }

    private boolean isOlder(Duration age, Instant now) {
        return discovery.usesDns()
                && known.filter(one -> one.since().plus(age).isAfter(now)).isEmpty();
    }

    private boolean isPassedOver(Server server, Instant now) {
        return Optional.ofNullable(failedAt.get(server))
                .filter(at -> at.plus(PASSED_OVER).isAfter(now))
                .isPresent();
    }

    /**
     * Looks again. What was known stays when DNS does not answer, and the order when it says the same: one who was
     * chosen by lot remains the preferred one.
     */
    private Optional<Result<List<Server>>> renew(Instant now) {
        if (!discovery.usesDns()) {
            Result<List<Server>> named = discovery.named();
            named.map(servers -> known = Optional.of(new Known(Optional.empty(), servers, now)));
            return named instanceof Result.Failed<List<Server>> ? Optional.of(named) : Optional.empty();
        }
        Result<Published> answer = discovery.lookUp();
        if (answer instanceof Result.Ok<Published> ok) {
            Optional<Published> published = Optional.of(ok.value());
            boolean same =
                    known.flatMap(Known::published).equals(published) && published.isPresent() && known.isPresent();
            known = Optional.of(
                    new Known(published, same ? known.orElseThrow().servers() : discovery.inOrder(ok.value()), now));
            return Optional.empty();
        }
        known = known.map(one -> new Known(one.published(), one.servers(), now));
        return Optional.of(answer.map(never -> List.of()));
    }
}
