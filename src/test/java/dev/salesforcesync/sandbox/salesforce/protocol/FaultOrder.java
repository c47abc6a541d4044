package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Faults;
import java.time.Duration;

/**
 * A fault asked for over HTTP: {@code {"fault": "Html503", "calls": 2, "on": "write"}}; {@code millis} for faults
 * of time, {@code row} for faults of one row, {@code on} one of call (default), write, or an operation's name.
 */
record FaultOrder(Fault fault, int calls, String on) {

    static FaultOrder read(ObjectNode order) {
        Duration time = Duration.ofMillis(order.path("millis").asLong(1000));
        int row = order.path("row").asInt(0);
        String name = order.path("fault").asText("");
        Fault fault = switch (name) {
            case "Latency" -> new Fault.Latency(time);
            case "Html503" -> new Fault.Html503();
            case "Empty503" -> new Fault.Empty503();
            case "ServerUnavailable" -> new Fault.ServerUnavailable();
            case "CloseBeforeCommit" -> new Fault.CloseBeforeCommit();
            case "CloseAfterCommit" -> new Fault.CloseAfterCommit();
            case "SlowAfterCommit" -> new Fault.SlowAfterCommit(time);
            case "TruncatedAnswer" -> new Fault.TruncatedAnswer();
            case "SessionExpired" -> new Fault.SessionExpired();
            case "DailyLimitReached" -> new Fault.DailyLimitReached();
            case "ConcurrentLimitReached" -> new Fault.ConcurrentLimitReached();
            case "RowLocked" -> new Fault.RowLocked(row);
            case "UnknownStatusCode" -> new Fault.UnknownStatusCode(row);
            case "SeatsRunOut" -> new Fault.SeatsRunOut(order.path("licence").asText("Salesforce"), row);
            case "UnknownSoapHeader" -> new Fault.UnknownSoapHeader();
            default -> throw new IllegalArgumentException("no such fault: " + name);
        };
        return new FaultOrder(
                fault,
                Math.max(1, order.path("calls").asInt(1)),
                order.path("on").asText("call"));
    }

    void placeWith(Faults faults) {
        switch (on) {
            case "call" -> faults.next(calls, fault);
            case "write" -> faults.nextWrites(calls, fault);
            default -> faults.nextLike(calls, call -> call.operation().equals(on), fault);
        }
    }
}
