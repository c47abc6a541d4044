package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void stopThreads() {
        threads.forEach(Thread::interrupt);
    }

    /** One who waits for a place, says who he is, and gives it back. */
    private Thread comes(Places places, Urgency urgency) {
        Thread thread = new Thread(() -> {
            try {
                places.take(urgency);
                order.add(urgency.name());
                places.giveBack();
            } catch (InterruptedException stopped) {
                order.add("gone");
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void comesAndWaits(Places places, Urgency urgency) {
        int before = places.waiting();
        comes(places, urgency);
        await().until(() -> places.waiting() == before + 1);
    }

    @Test
    void aFreePlaceIsTakenAtOnceAndTheNextGoesToTheMostUrgent() throws InterruptedException {
        Places places = new Places(1);
        places.take(Urgency.CHANGE);
        comesAndWaits(places, Urgency.COMPARISON);
        comesAndWaits(places, Urgency.CHANGE);
        comesAndWaits(places, Urgency.LEAVER);

        places.giveBack();

        await().until(() -> order.size() == 3);
        assertThat(order).containsExactly("LEAVER", "CHANGE", "COMPARISON");
    }

    @Test
    void whoIsInterruptedWhileHeWaitsTakesNoPlaceWithHim() throws InterruptedException {
        Places places = new Places(1);
        places.take(Urgency.CHANGE);
        comesAndWaits(places, Urgency.LEAVER);
        comesAndWaits(places, Urgency.CHANGE);

        threads.get(0).interrupt();
        await().until(() -> order.contains("gone"));
        places.giveBack();

        await().until(() -> order.contains("CHANGE"));
        places.take(Urgency.COMPARISON);
        assertThat(places.waiting()).isZero();
    }

    @Test
    void neverMoreAreInThanThereArePlacesAndAllComeIn() throws InterruptedException {
        Places places = new Places(3);
        AtomicInteger in = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(60);
        for (int i = 0; i < 60; i++) {
            Urgency urgency = i % 2 == 0 ? Urgency.LEAVER : Urgency.CHANGE;
            Thread thread = new Thread(() -> {
                try {
                    places.take(urgency);
                    most.accumulateAndGet(in.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    in.decrementAndGet();
                    places.giveBack();
                    done.countDown();
                } catch (InterruptedException stopped) {
                    order.add("gone");
                }
            });
            threads.add(thread);
            thread.start();
        }

        await().until(() -> done.getCount() == 0);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(order).isEmpty();
    }
}
