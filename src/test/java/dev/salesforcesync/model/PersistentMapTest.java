package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {
    /** A key whose hash is chosen, so that keys share some or all of it. */
    private record Key(int number, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** All bits of the hash, a few of the lowest, a few of the highest, the lowest and the highest, none. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0x7, 0xe0000000, 0xc0000003, 0})
    void isWhatAnOrdinaryMapIsAfterAnyChanges(int bits) {
        Random random = new Random(bits);
        Map<Key, Integer> ordinary = new HashMap<>();
        PersistentMap<Key, Integer> map = PersistentMap.empty();
        for (int i = 0; i < 4_000; i++) {
            int number = random.nextInt(300);
            Key key = new Key(number, (number * 0x9E3779B9) & bits);
            if (random.nextInt(i < 2_000 ? 3 : 2) == 0) {
                ordinary.remove(key);
                map = map.without(key);
            } else {
                ordinary.put(key, i);
                map = map.with(key, i);
            }
            assertThat(map.get(key)).isEqualTo(ordinary.get(key));
            if (i % 100 == 0) {
                assertThat(map).isEqualTo(ordinary).hasSameSizeAs(ordinary);
                assertThat(new HashMap<>(map)).isEqualTo(ordinary);
            }
        }
        for (Key key : Set.copyOf(ordinary.keySet())) {
            map = map.without(key);
            ordinary.remove(key);
            assertThat(new HashMap<>(map)).isEqualTo(ordinary);
        }
        assertThat(map).isEmpty();
    }

    @Test
    void whatWasTakenEarlierStaysAsItWas() {
        PersistentMap<Integer, String> before = PersistentMap.empty();
        for (int i = 0; i < 1_000; i++) {
            before = before.with(i, "v" + i);
        }
        Map<Integer, String> copy = new HashMap<>(before);

        PersistentMap<Integer, String> after = before;
        for (int i = 0; i < 1_000; i += 2) {
            after = after.without(i).with(i + 1, "w");
        }

        assertThat(new HashMap<>(before)).isEqualTo(copy);
        assertThat(after).hasSize(500).doesNotContainKey(0).containsEntry(1, "w");
    }

    @Test
    void nobodyChangesIt() {
        PersistentMap<Integer, String> map =
                PersistentMap.<Integer, String>empty().with(1, "one");

        assertThatThrownBy(() -> map.put(2, "two")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().iterator().next().setValue("two"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(map).isEqualTo(Map.of(1, "one"));
    }

    @Test
    void whatChangesNothingIsTheSameMap() {
        PersistentMap<Integer, String> map =
                PersistentMap.<Integer, String>empty().with(1, "one");

        assertThat(map.without(2)).isSameAs(map);
        assertThat(map.with(1, "one")).isSameAs(map);
    }

    @Test
    void aWalkEnds() {
        Iterator<Map.Entry<Integer, String>> walk =
                PersistentMap.<Integer, String>empty().with(1, "one").entrySet().iterator();

        assertThat(walk.next()).isEqualTo(Map.entry(1, "one"));
        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aSetIsWhatAnOrdinarySetIs() {
        Set<Integer> ordinary = new HashSet<>();
        PersistentSet<Integer> set = PersistentSet.empty();
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            int number = random.nextInt(100);
            if (random.nextBoolean()) {
                ordinary.add(number);
                set = set.with(number);
            } else {
                ordinary.remove(number);
                set = set.without(number);
            }
            assertThat(set).isEqualTo(ordinary);
        }
        PersistentSet<Integer> last = set;
        assertThatThrownBy(() -> last.add(1_000)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(last::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
