package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceReason;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Writes down what became of every action: for the report, the audit trail, the metrics and the next attempt. */
final class RunScribe {
    private final ResourceName name;
    private final SalesforceId org;
    private final Engines engines;
    private final RetryBook retries;
    private final RunOutcome outcome;
    private final Clock clock;

    RunScribe(
            ResourceName name, SalesforceId org, Engines engines, RetryBook retries, RunOutcome outcome, Clock clock) {
        this.name = name;
        this.org = org;
        this.engines = engines;
        this.retries = retries;
        this.outcome = outcome;
        this.clock = clock;
    }

    Application.Listener listening(Run.Listener progress) {
        return new Application.Listener() {
            @Override
            public synchronized void acted(Action action, String pass, RowOutcome row) {
                writeDown(action, pass, row);
            }

            @Override
            public synchronized void nameRefused(String username) {
                retries.nameRefused(username, clock.instant());
            }

            @Override
            public void meanwhile() {
                progress.meanwhile();
            }

            @Override
            public void progress(String pass, Effort effort) {
                progress.writes(pass, effort);
            }
        };
    }

    private void writeDown(Action action, String pass, RowOutcome row) {
        outcome.acted(action, pass, row);
        String result = row.getClass().getSimpleName();
        engines.telemetry().acted(actionName(action), result.toLowerCase(Locale.ROOT));
        if (row instanceof RowOutcome.NotSent) {
            return;
        }
        Optional<SalesforceId> user = action instanceof Action.Create && row instanceof RowOutcome.Written written
                ? Optional.of(written.id())
                : action.existingUser();
        engines.audit()
                .changed(
                        name.toString(),
                        org,
                        actionName(action),
                        action.person(),
                        user,
                        action.subjects(),
                        action.reason(),
                        result);
        if (row instanceof RowOutcome.Written) {
            retries.succeeded(action);
        } else {
            renameRefused(action, row).ifPresent(name -> retries.nameRefused(name, clock.instant()));
            retries.failed(action, failureOf(row), clock.instant());
        }
    }

    private static Optional<String> renameRefused(Action action, RowOutcome row) {
        return row instanceof RowOutcome.Refused refused
                        && refused.failure().reason().equals(SalesforceReason.DUPLICATE_USER_NAME)
                ? Optional.ofNullable(action.changes().get("Username"))
                        .flatMap(Change::after)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    static Failure failureOf(RowOutcome row) {
        if (row instanceof RowOutcome.Refused refused) {
            return refused.failure();
        }
        if (row instanceof RowOutcome.Unknown unknown) {
            return unknown.failure();
        }
        if (row instanceof RowOutcome.NotSent notSent) {
            return notSent.failure();
        }
        throw new IllegalArgumentException("a written row did not fail");
    }

    static String actionName(Action action) {
        return action.getClass().getSimpleName();
    }
}
