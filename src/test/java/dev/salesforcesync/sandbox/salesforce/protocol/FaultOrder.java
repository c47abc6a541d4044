package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Faults;
import dev.salesforcesync.sandbox.salesforce.org.RandomFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Faults asked for over HTTP: {@code {"fault": "Html503", "calls": 2, "on": "write"}}; {@code millis} for faults of
 * time, with {@code jitterMillis} and {@code seed} for times that differ from call to call, {@code row} for faults of
 * one row, {@code on} one of call (default), write, or an operation's name. By chance:
 * {@code {"random": {"seed": 7, "rate": 0.1, "kinds": [{"fault": "Html503"}, {"fault": "RowLocked", "row": 3}]}}}.
 */
final class FaultOrder {
    private FaultOrder() {}

    /**
     * Places an order.
     *
     * @throws IllegalArgumentException when it names no known fault or is no share
     */
    static void place(ObjectNode order, Faults faults) {
        if (order.path("random").isObject()) {
            JsonNode random = order.path("random");
            List<Fault> kinds = new ArrayList<>();
            random.path("kinds").forEach(kind -> kinds.add(fault(kind, 0)));
            faults.random(new RandomFaults(
                    random.path("seed").asLong(0), random.path("rate").asDouble(0), kinds));
            return;
        }
        int calls = Math.max(1, order.path("calls").asInt(1));
        long jitter = order.path("jitterMillis").asLong(0);
        Predicate<Call> on = on(order.path("on").asText("call"));
        if (jitter <= 0) {
            faults.nextLike(calls, on, fault(order, 0));
            return;
        }
        var random = new SplittableRandom(order.path("seed").asLong(0));
        for (int at = 0; at < calls; at++) {
            faults.nextLike(1, on, fault(order, random.nextLong(jitter)));
        }
    }

    private static Predicate<Call> on(String which) {
        return switch (which) {
            case "call" -> call -> !call.protocol().equals("OAUTH");
            case "write" -> Call::write;
            default -> call -> call.operation().equals(which);
        };
    }

    private static Fault fault(JsonNode order, long moreMillis) {
        Duration time = Duration.ofMillis(order.path("millis").asLong(1000) + moreMillis);
        int row = order.path("row").asInt(0);
        String name = order.path("fault").asText("");
        return switch (name) {
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
    }
}
