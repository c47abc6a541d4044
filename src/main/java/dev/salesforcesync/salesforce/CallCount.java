package dev.salesforcesync.salesforce;

import dev.salesforcesync.salesforce.CallObserver.Ending;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls that left us, by operation, and tells the observer of each. */
final class CallCount {
    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final CallObserver observer;

    CallCount(CallObserver observer) {
        this.observer = observer;
    }

    void add(String operation, Delivery delivery, Duration took) {
        Ending ending = ending(delivery);
        if (ending != Ending.UNDELIVERED) {
            sent.computeIfAbsent(operation, key -> new LongAdder()).increment();
        }
        observer.called(operation, ending, took);
    }

    Map<String, Long> sent() {
        Map<String, Long> copy = new TreeMap<>();
        sent.forEach((operation, number) -> copy.put(operation, number.sum()));
        return Map.copyOf(copy);
    }

    private static Ending ending(Delivery delivery) {
        if (delivery instanceof Delivery.Answered answered) {
            return answered.status() < 400 ? Ending.ANSWERED : Ending.REFUSED;
        }
        return delivery instanceof Delivery.Lost ? Ending.LOST : Ending.UNDELIVERED;
    }
}
