package dev.salesforcesync.salesforce;

import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Calls of the SOAP partner API. A call is sent a second time in one case only: Salesforce answered with the fault
 * INVALID_SESSION_ID, which it gives before it looks at the rows.
 */
final class SoapApi {
    private final SessionKeeper sessions;
    private final ApiGate gate;
    private final String apiVersion;
    private final ConcurrentLinkedQueue<SoapLine> idle = new ConcurrentLinkedQueue<>();

    SoapApi(SessionKeeper sessions, ApiGate gate, String apiVersion) {
        this.sessions = sessions;
        this.gate = gate;
        this.apiVersion = apiVersion;
    }

    /** A call on WSC's connection object. */
    interface Call<T> {
        T on(PartnerConnection connection) throws ConnectionException;
    }

    <T> SoapReply<T> call(String operation, Urgency urgency, Call<T> call) {
        Result<Session> session = sessions.current();
        for (int attempt = 0; ; attempt++) {
            if (session instanceof Result.Failed<Session> failed) {
                return new SoapReply.NoEffect<>(failed.failure());
            }
            Session open = ((Result.Ok<Session>) session).value();
            Outcome<T> outcome = once(operation, urgency, open, call);
            if (!outcome.sessionOver() || attempt > 0) {
                return outcome.reply();
            }
            session = sessions.renewed(open);
        }
    }

    private record Outcome<T>(SoapReply<T> reply, boolean sessionOver) {}

    private <T> Outcome<T> once(String operation, Urgency urgency, Session session, Call<T> call) {
        SoapLine line;
        try {
            line = borrow(session);
        } catch (ConnectionException impossible) {
            return new Outcome<>(new SoapReply.NoEffect<>(SalesforceErrors.call("NOT_FOUND", "")), false);
        }
        try {
            T value = call.on(line.ready(operation, urgency, session));
            line.reportUsage(gate);
            idle.add(line);
            return new Outcome<>(new SoapReply.Answer<>(value), false);
        } catch (ConnectionException | RuntimeException broken) {
            // The line is not used again: WSC may have stopped in the middle of an answer.
            return explain(line.delivery());
        }
    }

    /** WSC's exceptions say too little and quote too much, so the request's own fate is looked at instead. */
    private static <T> Outcome<T> explain(Optional<Delivery> delivery) {
        if (delivery.isEmpty()) {
            return new Outcome<>(
                    new SoapReply.NoEffect<>(new Failure.Terminal(
                            SalesforceReason.VALUE_INVALID, "The rows cannot be written as a message.")),
                    false);
        }
        if (delivery.get() instanceof Delivery.Undelivered undelivered) {
            return new Outcome<>(new SoapReply.NoEffect<>(undelivered.failure()), false);
        }
        if (delivery.get() instanceof Delivery.Lost lost) {
            return new Outcome<>(new SoapReply.Doubt<>(lost.failure()), false);
        }
        Delivery.Answered answered = (Delivery.Answered) delivery.get();
        Optional<SoapFault> fault = SoapFault.in(answered.body());
        if (fault.isPresent()) {
            return fault(fault.get());
        }
        if (answered.status() >= 300 && answered.status() < 500 && answered.status() != 408) {
            // A redirect or a refusal by something in front of the API: the rows were not looked at.
            return new Outcome<>(new SoapReply.NoEffect<>(SalesforceErrors.status(answered.status())), false);
        }
        Failure failure = answered.ok() ? NetworkErrors.unreadable() : SalesforceErrors.status(answered.status());
        return new Outcome<>(new SoapReply.Doubt<>(failure), false);
    }

    private static <T> Outcome<T> fault(SoapFault fault) {
        Failure failure = SalesforceErrors.call(fault.code(), fault.text());
        if (SalesforceErrors.sessionOver(fault.code(), fault.text())) {
            return new Outcome<>(new SoapReply.NoEffect<>(failure), true);
        }
        if (SalesforceErrors.leavesDoubt(fault.code())) {
            return new Outcome<>(new SoapReply.Doubt<>(failure), false);
        }
        if (SalesforceErrors.blamesContent(fault.code())) {
            return new Outcome<>(new SoapReply.Refusal<>(failure), false);
        }
        return new Outcome<>(new SoapReply.NoEffect<>(failure), false);
    }

    private SoapLine borrow(Session session) throws ConnectionException {
        String endpoint = SoapLine.endpoint(session, apiVersion);
        for (SoapLine line = idle.poll(); line != null; line = idle.poll()) {
            if (line.leadsTo(endpoint)) {
                return line;
            }
        }
        return new SoapLine(gate, session, apiVersion);
    }
}
