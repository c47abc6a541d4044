package dev.salesforcesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseMapTest {
    private final LinkMap links = new LinkMap();

    private static ObjectGuid person(int number) {
        return new ObjectGuid(number % 7, number);
    }

    private static SalesforceId user(int number) {
        return new SalesforceId(String.format(Locale.ROOT, "005Ax%010d", number));
    }

    private static PersonLink link(int person, int user) {
        return new PersonLink(person(person), user(user), "apps/" + user % 3);
    }

    /** Few keys, so that they come and go; many, so that the arrays grow. */
    @ParameterizedTest
    @ValueSource(ints = {20, 5_000})
    void holdsAfterEveryHistoryWhatAMapHolds(int keys) {
        Random random = new Random(keys);
        Map<ObjectGuid, PersonLink> model = new HashMap<>();
        Map<ObjectGuid, Integer> stored = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            int number = random.nextInt(keys);
            if (random.nextInt(3) == 0) {
                model.remove(person(number));
                stored.remove(person(number));
                links.drop(person(number));
            } else {
                PersonLink link = link(number, random.nextInt(1_000_000));
                int shard = random.nextInt(5);
                model.put(person(number), link);
                stored.put(person(number), shard);
                links.store(person(number), link, shard);
            }
            assertThat(links.size()).isEqualTo(model.size());
        }

        assertThat(links).isEqualTo(model).hasSameHashCodeAs(model);
        for (int number = 0; number < keys; number++) {
            assertThat(links.get(person(number))).isEqualTo(model.get(person(number)));
            assertThat(links.containsKey(person(number))).isEqualTo(model.containsKey(person(number)));
            assertThat(links.shardOf(person(number))).isEqualTo(stored.getOrDefault(person(number), -1));
        }
        for (int shard = 0; shard < 5; shard++) {
            Set<ObjectGuid> there = new HashSet<>();
            links.forEachIn(shard, row -> there.add(links.keyAt(row)));
            int number = shard;
            assertThat(there)
                    .allMatch(person -> stored.getOrDefault(person, -1) == number)
                    .hasSize((int) stored.values().stream()
                            .filter(one -> one == number)
                            .count());
        }
    }

    @Test
    void showsEverybodyOnceWhoIsThereAllTheTimeWhileOthersComeAndGo() {
        for (int i = 0; i < 1_000; i++) {
            links.store(person(i), link(i, i), 0);
        }
        List<PersonLink> seen = new ArrayList<>();
        int step = 0;
        for (PersonLink link : links.values()) {
            seen.add(link);
            links.drop(person(500 + step % 500));
            links.store(person(2_000 + step), link(2_000 + step, step), 0);
            step = Math.min(step + 1, 1_500);
        }

        assertThat(seen.stream().map(PersonLink::person)).doesNotHaveDuplicates();
        for (int i = 0; i < 500; i++) {
            assertThat(seen).contains(link(i, i));
        }
    }

    @Test
    void isOnlyLookedAtByReaders() {
        links.store(person(1), link(1, 1), 0);

        assertThatThrownBy(() -> links.put(person(2), link(2, 2))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> links.remove(person(1))).isInstanceOf(UnsupportedOperationException.class);
        Iterator<PersonLink> all = links.values().iterator();
        assertThat(all.next()).isEqualTo(link(1, 1));
        assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
        assertThat(links.get(person(3))).isNull();
        assertThat(new LinkMap()).isEmpty();
    }

    @Test
    void holdsWhatUsersWereGivenAndKeepsOnceWhatManyWereGiven() {
        GivenMap given = new GivenMap();
        GivenRight right = new GivenRight(EntitlementKind.QUEUE, new SalesforceId("00G000000000001"));
        for (int i = 0; i < 100; i++) {
            given.store(user(i), new HashMap<>(Map.of(right, "apps/" + i % 2)), i % 3);
        }
        given.drop(user(4));
        given.drop(user(4));

        assertThat(given).hasSize(99).doesNotContainKey(user(4));
        assertThat(given.get(user(5))).isEqualTo(Map.of(right, "apps/1")).isSameAs(given.get(user(7)));
        assertThat(given.get(user(6))).isEqualTo(Map.of(right, "apps/0"));
        assertThat(given.shardOf(user(5))).isEqualTo(2);
        assertThat(given.keySet()).contains(user(99)).hasSize(99);
    }
}
