package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which credentials Salesforce has refused in the last hour. Outlives the gateways that used them: a connection whose
 * budget or proxy changes gets another gateway, and yet the integration user must not be locked out.
 */
public final class RefusedCredentials {
    static final int MOST = 3;
    static final Duration HOUR = Duration.ofHours(1);

    private final Map<Attempt, Refused> refused = new HashMap<>();
    private final Set<Attempt> known = new HashSet<>();

    /** What was tried: another address or another secret is another attempt. */
    record Attempt(URI instanceUrl, String apiVersion, Authentication authentication) {
        static Attempt of(SalesforceSettings settings) {
            return new Attempt(settings.instanceUrl(), settings.apiVersion(), settings.authentication());
        }
    }

    private record Refused(List<Instant> moments, Failure last) {}

    /** What an earlier process was told of these credentials; of no effect once this one has tried them. */
    synchronized void recall(Attempt attempt, Refusals earlier) {
        if (known.add(attempt)) {
            earlier.said().ifPresent(said -> refused.put(attempt, new Refused(earlier.moments(), said)));
        }
    }

    synchronized Refusals of(Attempt attempt, Instant now) {
        forgetOld(now);
        return Optional.ofNullable(refused.get(attempt))
                .map(it -> new Refusals(it.moments(), Optional.of(it.last())))
                .orElse(Refusals.NONE);
    }

    /** What Salesforce said last, if it must not be asked again now. */
    synchronized Optional<Failure> standing(Attempt attempt, Instant now) {
        forgetOld(now);
        return Optional.ofNullable(refused.get(attempt))
                .filter(it -> it.moments().size() >= MOST)
                .map(Refused::last);
    }

    synchronized void add(Attempt attempt, Failure said, Instant now) {
        List<Instant> before =
                Optional.ofNullable(refused.get(attempt)).map(Refused::moments).orElse(List.of());
        refused.put(
                attempt,
                new Refused(Stream.concat(before.stream(), Stream.of(now)).toList(), said));
    }

    synchronized void accepted(Attempt attempt) {
        refused.remove(attempt);
    }

    private void forgetOld(Instant now) {
        refused.replaceAll((attempt, it) -> new Refused(
                it.moments().stream()
                        .filter(moment -> moment.plus(HOUR).isAfter(now))
                        .toList(),
                it.last()));
        refused.values().removeIf(it -> it.moments().isEmpty());
    }
}
