package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.converge.PolicySnapshot;
import dev.salesforcesync.converge.PolicySnapshot.Progress;
import dev.salesforcesync.converge.RunReport;
import dev.salesforcesync.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people are told of work that takes long: a place in the status while it goes on, an event when it turns out that
 * it will take more than half a minute, and one when that is over.
 */
final class LongWork {
    /** Shorter work leaves no trace in the status: each would cost two writes. */
    static final Duration SHOWN_AFTER = Duration.ofSeconds(10);

    private static final Duration WORTH_AN_EVENT = Duration.ofSeconds(30);

    private final EventRecorder events;
    private final Clock clock;

    /** Since when the work goes on whose beginning was told, by the uid of its policy. */
    private final Map<String, Instant> told = new ConcurrentHashMap<>();

    LongWork(EventRecorder events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Whether it belongs into the status. */
    static boolean isLong(Progress progress, Instant now) {
        return !progress.since().plus(SHOWN_AFTER).isAfter(now);
    }

    static boolean isWorthAnEvent(Progress progress, Instant now) {
        Instant end = progress.expectedEnd().filter(now::isBefore).orElse(now);
        return end.isAfter(progress.since().plus(WORTH_AN_EVENT));
    }

    /** Tells what is news of it. */
    void look(SyncPolicy policy, PolicySnapshot snapshot) {
        String uid = policy.getMetadata().getUid();
        Optional<Progress> progress = snapshot.progress();
        Optional<Instant> before = Optional.ofNullable(told.get(uid));
        if (before.isPresent() && !progress.map(Progress::since).equals(before)) {
            told.remove(uid);
            events.longWork(policy, false, ending(snapshot, before.get()));
            before = Optional.empty();
        }
        if (before.isEmpty()
                && progress.filter(now -> isWorthAnEvent(now, clock.instant())).isPresent()) {
            told.put(uid, progress.get().since());
            events.longWork(policy, true, beginning(progress.get()));
        }
    }

    void forget(String uid) {
        told.remove(uid);
    }

    static String phase(Progress progress) {
        String word = progress.phase().name();
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    /** Such as {@code Writing 4000/10000}. */
    static String summary(Progress progress) {
        return progress.phase() == PolicySnapshot.Phase.WRITING
                ? phase(progress) + " " + progress.done() + "/" + progress.total()
                : phase(progress);
    }

    static String rows(Progress progress) {
        return progress.done() + " of " + progress.total();
    }

    private static String beginning(Progress progress) {
        String what = progress.phase() == PolicySnapshot.Phase.WRITING
                ? "Writing to Salesforce: " + rows(progress) + " rows so far"
                : phase(progress) + " directory and org";
        return what + ", under way since " + Times.rfc3339(progress.since())
                + progress.expectedEnd()
                        .map(end -> ", expected to end about " + Times.rfc3339(end))
                        .orElse("")
                + ". See status.progress.";
    }

    private static String ending(PolicySnapshot snapshot, Instant since) {
        Optional<RunReport> report =
                snapshot.report().filter(done -> !done.finishedAt().isBefore(since));
        String what = report.map(done -> done.people().inScope() + " people compared, " + done.rowsWritten()
                        + " rows written in "
                        + Duration.between(since, done.finishedAt()).toSeconds() + " s")
                .orElse("It did not come to its end");
        Optional<String> why = snapshot.failure()
                .or(() -> report.flatMap(RunReport::stoppedBy))
                .map(Failure::reason);
        return what + why.map(reason -> " (" + reason + ").").orElse(".");
    }
}
