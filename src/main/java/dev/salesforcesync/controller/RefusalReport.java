package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionStatus.RefusedCredentials;
import dev.salesforcesync.converge.ConnectionSnapshot;
import dev.salesforcesync.converge.ConnectionSnapshot.Refused;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.salesforce.Refusals;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps refusals of credentials in the status, so that a process started anew doesn't lock the integration user out. */
final class RefusalReport {
    private static final int MOST_MESSAGE = 1024;

    private RefusalReport() {}

    static @Nullable RefusedCredentials describe(SalesforceConnectionStatus before, ConnectionSnapshot snapshot) {
        if (snapshot.testedAt().isEmpty()) {
            return before.refusedCredentials();
        }
        return snapshot.refused().flatMap(RefusalReport::describe).orElse(null);
    }

    private static Optional<RefusedCredentials> describe(Refused refused) {
        return refused.refusals()
                .said()
                .map(said -> new RefusedCredentials(
                        refused.secrets(),
                        refused.refusals().moments().stream()
                                .map(Instant::toString)
                                .toList(),
                        said.reason(),
                        said.message()
                                .substring(
                                        0, Math.min(MOST_MESSAGE, said.message().length()))));
    }

    /** Whatever else stands there, since anybody who may write a status may write this, counts as nothing refused. */
    static Optional<Refused> read(SalesforceConnectionStatus status) {
        return status.findRefusedCredentials().flatMap(kept -> {
            try {
                List<Instant> moments =
                        kept.times().stream().map(Instant::parse).sorted().toList();
                return Optional.of(new Refused(
                        kept.secrets(),
                        new Refusals(moments, Optional.of(new Failure.Terminal(kept.reason(), kept.message())))));
            } catch (DateTimeException garbled) {
                return Optional.empty();
            }
        });
    }
}
