package dev.salesforcesync.converge;

import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.policy.RuleProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a policy's engine saw and did last.
 *
 * @param generation the newest generation it looked at
 * @param acceptance what it thinks of the rules
 * @param progress what it is doing right now; empty while it waits
 * @param failure why the newest attempt did not come to its end; empty when it did
 * @param report the newest attempt that came to its end
 * @param suspended whether it was told to stand still
 * @param rights what the bind account may not do; empty while nobody could be asked
 */
public record PolicySnapshot(
        long generation,
        Acceptance acceptance,
        Optional<Progress> progress,
        Optional<Failure> failure,
        Optional<RunReport> report,
        boolean suspended,
        Optional<List<RightsFinding>> rights) {
    static final PolicySnapshot EMPTY = new PolicySnapshot(
            0, new Acceptance.Pending(), Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());

    /** Whether the newest rules are in force. */
    public sealed interface Acceptance {
        /** Not looked at yet, because the connection is not ready. */
        record Pending() implements Acceptance {}

        record Accepted() implements Acceptance {}

        /**
         * The rules do not hold together or do not fit the org.
         *
         * @param earlierInForce whether an earlier generation keeps running
         */
        record Refused(List<RuleProblem> problems, boolean earlierInForce) implements Acceptance {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** A phase of the work under way. */
    public enum Phase {
        READING,
        PLANNING,
        WRITING
    }

    /**
     * How far the work under way has come.
     *
     * @param step what is written, such as {@code creating}; empty while nothing is
     * @param done rows whose call has ended
     * @param total rows to be written; 0 while it is not known
     * @param since when the work began
     * @param expectedEnd empty as long as nobody can tell
     */
    public record Progress(
            Phase phase, String step, int done, int total, Instant since, Optional<Instant> expectedEnd) {}

    PolicySnapshot withProgress(Progress now) {
        return new PolicySnapshot(generation, acceptance, Optional.of(now), failure, report, suspended, rights);
    }

    PolicySnapshot withRights(Optional<List<RightsFinding>> found) {
        return new PolicySnapshot(generation, acceptance, progress, failure, report, suspended, found);
    }

    PolicySnapshot idle() {
        return new PolicySnapshot(generation, acceptance, Optional.empty(), failure, report, suspended, rights);
    }

    PolicySnapshot withFailure(long failed, Failure why) {
        return new PolicySnapshot(
                failed, acceptanceOf(failed), Optional.empty(), Optional.of(why), report, false, rights);
    }

    PolicySnapshot withReport(RunReport done) {
        return new PolicySnapshot(
                generation, acceptance, Optional.empty(), Optional.empty(), Optional.of(done), suspended, rights);
    }

    /** More is known of the newest run; whatever keeps the next one from its end still does. */
    PolicySnapshot withNews(RunReport newer) {
        return new PolicySnapshot(generation, acceptance, progress, failure, Optional.of(newer), suspended, rights);
    }

    PolicySnapshot accepted(long accepted) {
        return new PolicySnapshot(accepted, new Acceptance.Accepted(), progress, failure, report, false, rights);
    }

    PolicySnapshot refused(long refused, List<RuleProblem> problems, boolean earlierInForce) {
        return new PolicySnapshot(
                refused,
                new Acceptance.Refused(problems, earlierInForce),
                Optional.empty(),
                failure,
                report,
                false,
                rights);
    }

    PolicySnapshot standingStill(long suspendedGeneration) {
        return new PolicySnapshot(
                suspendedGeneration,
                acceptanceOf(suspendedGeneration),
                Optional.empty(),
                Optional.empty(),
                report,
                true,
                rights);
    }

    /** What is thought of one generation says nothing about the next. */
    private Acceptance acceptanceOf(long other) {
        return other == generation ? acceptance : new Acceptance.Pending();
    }
}
