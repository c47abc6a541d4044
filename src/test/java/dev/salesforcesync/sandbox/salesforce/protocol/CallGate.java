package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.RowError;
import dev.salesforcesync.sandbox.salesforce.org.Session;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Disturbance;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way into the org for every call of SOAP and REST: the fault it meets, its session, the daily limit, the
 * journal.
 */
final class CallGate {
    private final Org org;

    CallGate(Org org) {
        this.org = org;
    }

    /** What a call came to, before it is written in the words of its protocol. */
    record Done(Reply reply, CallOutcome outcome) {}

    /** The work of one call. */
    @FunctionalInterface
    interface Work {
        Done run(Session session, Disturbance disturbance);
    }

    /** How a protocol says no. */
    interface Refusals {
        /** The answer to a missing or dead session. */
        ApiRefusal noSession(String key);

        Reply refused(ApiRefusal refusal);

        Reply refused(SoqlException refusal);
    }

    Reply pass(Call call, String sessionKey, Refusals refusals, Work work) {
        Optional<Fault> fault = org.faults().take(call);
        Optional<Reply> swallowed = fault.flatMap(CallGate::instead);
        if (swallowed.isPresent()) {
            CallOutcome outcome = CallOutcome.refused(fault.get().label());
            org.journal(call, outcome, fault, !(fault.get() instanceof Fault.CloseBeforeCommit));
            return swallowed.get();
        }
        Done done = answer(sessionKey, refusals, work, fault);
        Reply reply = fault.map(met -> deliver(done.reply(), met)).orElse(done.reply());
        boolean answered =
                reply.delivery() instanceof Reply.Delivery.Whole || reply.delivery() instanceof Reply.Delivery.Late;
        org.journal(call, done.outcome(), fault, answered);
        return reply;
    }

    /** The answer of an outage that keeps a token request from the org, noted in the journal; the other faults pass. */
    Optional<Reply> outage(Call call) {
        Optional<Fault> fault = org.faults().take(call);
        if (fault.isPresent() && fault.get() instanceof Fault.Latency latency) {
            pause(latency.time());
        }
        Optional<Reply> swallowed = fault.flatMap(CallGate::instead);
        if (swallowed.isPresent()) {
            org.journal(call, CallOutcome.refused(fault.get().label()), fault, false);
        }
        return swallowed;
    }

    private Done answer(String key, Refusals refusals, Work work, Optional<Fault> fault) {
        try {
            fault.ifPresent(met -> before(met, key));
            Session session = org.sessions()
                    .use(key)
                    .filter(found -> org.isActive(found.userId()))
                    .orElseThrow(() -> refusals.noSession(key));
            org.usage().count();
            return work.run(session, disturbance(fault));
        } catch (ApiRefusal e) {
            return new Done(refusals.refused(e), CallOutcome.refused(e.code().name()));
        } catch (SoqlException e) {
            return new Done(refusals.refused(e), CallOutcome.refused(e.code()));
        }
    }

    /** The answer of a fault that keeps the call from the org. */
    private static Optional<Reply> instead(Fault fault) {
        if (fault instanceof Fault.Html503) {
            return Optional.of(Reply.html(503, "Service Unavailable"));
        }
        if (fault instanceof Fault.Empty503) {
            return Optional.of(Reply.empty(503));
        }
        if (fault instanceof Fault.CloseBeforeCommit) {
            return Optional.of(Reply.dropped());
        }
        return Optional.empty();
    }

    private void before(Fault fault, String sessionKey) {
        if (fault instanceof Fault.Latency latency) {
            pause(latency.time());
        } else if (fault instanceof Fault.SessionExpired) {
            org.sessions().revoke(sessionKey);
        } else if (fault instanceof Fault.DailyLimitReached) {
            throw new ApiRefusal(ErrorCode.REQUEST_LIMIT_EXCEEDED, "TotalRequests Limit exceeded.");
        } else if (fault instanceof Fault.ConcurrentLimitReached) {
            throw new ApiRefusal(
                    ErrorCode.REQUEST_LIMIT_EXCEEDED, "ConcurrentRequests (Concurrent API Requests) Limit exceeded.");
        } else if (fault instanceof Fault.ServerUnavailable) {
            throw new ApiRefusal(ErrorCode.SERVER_UNAVAILABLE, "Too many requests waiting for connections");
        }
    }

    private Disturbance disturbance(Optional<Fault> fault) {
        if (fault.isPresent() && fault.get() instanceof Fault.RowLocked locked) {
            return (index, id) -> when(
                    index == locked.row(),
                    () -> new RowError(
                            ErrorCode.UNABLE_TO_LOCK_ROW.name(),
                            "unable to obtain exclusive access to this record or 1 records: " + id.orElse(""),
                            List.of()));
        }
        if (fault.isPresent() && fault.get() instanceof Fault.UnknownStatusCode unknown) {
            return (index, id) -> when(
                    index == unknown.row(),
                    () -> new RowError(
                            "CODE_OF_A_LATER_RELEASE", "a reason that this client has never heard of", List.of()));
        }
        if (fault.isPresent() && fault.get() instanceof Fault.SeatsRunOut seats) {
            return (index, id) -> {
                if (index == seats.row()) {
                    org.setSeats(seats.licence(), org.seatsTaken(seats.licence()));
                }
                return Optional.empty();
            };
        }
        return Disturbance.NONE;
    }

    private static <T> Optional<T> when(boolean condition, Supplier<T> value) {
        return condition ? Optional.of(value.get()) : Optional.empty();
    }

    private static Reply deliver(Reply reply, Fault fault) {
        if (fault instanceof Fault.CloseAfterCommit) {
            return reply.delivered(new Reply.Delivery.Dropped());
        }
        if (fault instanceof Fault.UnknownSoapHeader) {
            return reply.withSoapHeader("<LaterReleaseHeader xmlns=\"urn:partner.soap.sforce.com\"/>");
        }
        if (fault instanceof Fault.TruncatedAnswer) {
            return reply.delivered(new Reply.Delivery.Truncated());
        }
        if (fault instanceof Fault.SlowAfterCommit slow) {
            return reply.delivered(new Reply.Delivery.Late(slow.time()));
        }
        return reply;
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
