package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.PasswordsSpec.PasswordMode;
import dev.salesforcesync.api.v1alpha1.PasswordsStatus;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.converge.PasswordSnapshot;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.status.ConditionSet;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in a SyncPolicy's status how its passwords stand; nothing where they do not follow. */
final class PasswordReport {
    static final String CONDITION = "PasswordsFlowing";

    /** A password is in Salesforce within a second; whatever waits longer than this waits for something. */
    static final Duration SLOW = Duration.ofMinutes(2);

    private static final int MOST_REASONS = 20;

    private PasswordReport() {}

    /**
     * The status with what is to be said of passwords.
     *
     * @param before the conditions as they were
     * @param seen empty while there is nothing to be seen, as when the policy is not understood
     * @param takesIn whether this installation has a listener
     */
    static SyncPolicyStatus describe(
            SyncPolicyStatus status,
            List<Condition> before,
            SyncPolicySpec spec,
            Optional<PasswordSnapshot> seen,
            boolean takesIn,
            Instant now) {
        if (spec.passwords().mode() == PasswordMode.NONE) {
            return status.withPasswords(status.conditions(), null);
        }
        List<Condition> conditions = new ArrayList<>(status.conditions());
        long generation = status.findObservedGeneration().orElse(0L);
        conditions.addAll(condition(new ConditionSet(before, generation, now), spec, seen, takesIn, now)
                .build());
        return status.withPasswords(
                conditions, seen.map(PasswordReport::numbers).orElse(status.passwords()));
    }

    /** How many passwords were erased because their time to live ended, since this process leads. */
    static long expired(SyncPolicyStatus status) {
        return status.findPasswords().stream()
                .flatMap(passwords -> passwords.refused().stream())
                .filter(refused -> refused.code().equals("TimeToLiveEnded"))
                .mapToLong(refused -> refused.findCount().orElse(0L))
                .sum();
    }

    private static ConditionSet condition(
            ConditionSet set, SyncPolicySpec spec, Optional<PasswordSnapshot> seen, boolean takesIn, Instant now) {
        boolean captures = spec.passwords().mode() == PasswordMode.CAPTURE;
        if (captures && !takesIn) {
            return set.set(
                    CONDITION,
                    false,
                    "IntakeClosed",
                    "This installation has no listener for passwords; open one (passwords.https or passwords.ldaps of the"
                            + " chart).");
        }
        if (seen.isEmpty()) {
            return set.unknown(CONDITION, "Progressing", "Passwords are looked at as soon as the policy is in force.");
        }
        PasswordSnapshot snapshot = seen.get();
        Optional<Failure> trouble = snapshot.trouble();
        if (trouble.isPresent()) {
            return set.set(
                    CONDITION, false, trouble.get().reason(), trouble.get().message());
        }
        if (snapshot.oldest().filter(oldest -> oldest.plus(SLOW).isBefore(now)).isPresent()) {
            return set.set(
                    CONDITION,
                    false,
                    "PasswordsWaiting",
                    "Some passwords have waited for minutes; see status.passwords, and the conditions of the policy and of"
                            + " its connection for what they wait for.");
        }
        return set.set(
                CONDITION,
                true,
                "Succeeded",
                captures
                        ? "Captured passwords reach Salesforce. Those that never will are in status.passwords.refused."
                        : "Salesforce sends its reset mails.");
    }

    private static PasswordsStatus numbers(PasswordSnapshot snapshot) {
        PasswordSnapshot.Tally tally = snapshot.tally();
        return new PasswordsStatus(
                snapshot.pending(),
                snapshot.withoutUser(),
                snapshot.undecided(),
                snapshot.oldest().map(Times::rfc3339).orElse(null),
                tally.delivered(),
                tally.mails(),
                tally.unlocked(),
                tally.last().map(Times::rfc3339).orElse(null),
                tally.refused().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(MOST_REASONS)
                        .map(reason -> new PasswordsStatus.Refused(reason.getKey(), reason.getValue()))
                        .toList());
    }
}
