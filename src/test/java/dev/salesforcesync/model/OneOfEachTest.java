package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneOfEachTest {
    private final OneOfEach<List<String>> lists = new OneOfEach<>();

    @Test
    void givesAllWhoHaveAnEqualValueTheSameObject() {
        List<String> first = List.of("a", "b");

        assertThat(lists.of(first)).isSameAs(first);
        assertThat(lists.of(List.of("a", "b"))).isSameAs(first);
        assertThat(lists.of(List.of("a", "c"))).containsExactly("a", "c");
    }

    @Test
    void forgetsWhatNobodyHasAnyMore() {
        WeakReference<List<String>> gone = new WeakReference<>(lists.of(List.of("nobody")));

        await().until(() -> {
            collect();
            return gone.get() == null;
        });
        assertThat(lists.of(List.of("nobody"))).containsExactly("nobody");
    }

    @SuppressWarnings("DoNotCall") // what is swept away only when it pleases the collector cannot be tested otherwise
    private static void collect() {
        System.gc();
    }
}
