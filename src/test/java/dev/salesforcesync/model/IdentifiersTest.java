package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Identities are the keys of everything, so they must be found fast whatever they look like. */
class IdentifiersTest {
    private static final int MANY = 20_000;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void spreadsOutSalesforceIdsThatWereGivenOneAfterTheOther() {
        assertThat(longestRun(IntStream.range(0, MANY).mapToObj(IdentifiersTest::salesforceId)))
                .isLessThan(200);
    }

    @Test
    void spreadsOutIdentitiesWhoseHalvesDifferAlike() {
        assertThat(longestRun(IntStream.range(0, MANY).mapToObj(i -> new ObjectGuid(new UUID(i, i)))))
                .isLessThan(200);
    }

    @Test
    void ordersIdentitiesLikeTheirText() {
        Random random = new Random(5);
        List<ObjectGuid> some = Stream.generate(() -> new ObjectGuid(new UUID(random.nextLong(), random.nextLong())))
                .limit(1_000)
                .toList();

        assertThat(some.stream().sorted().toList())
                .isEqualTo(some.stream()
                        .sorted(Comparator.comparing(ObjectGuid::toString))
                        .toList());
    }

    /** How far a search among neighbours may go: in an immutable map of the JDK, whose table has two places for each. */
    private static <K> int longestRun(Stream<K> keys) {
        boolean[] taken = new boolean[2 * MANY];
        int longest = 0;
        for (int hash : keys.map((Function<K, Integer>) Object::hashCode).toList()) {
            int place = Math.floorMod(hash, taken.length);
            int steps = 0;
            while (taken[place]) {
                place = (place + 1) % taken.length;
                steps++;
            }
            taken[place] = true;
            longest = Math.max(longest, steps);
        }
        return longest;
    }

    private static SalesforceId salesforceId(int number) {
        char[] id = "005Ax0000000000".toCharArray();
        int rest = number;
        for (int i = id.length - 1; rest > 0; i--) {
            id[i] = DIGITS.charAt(rest % DIGITS.length());
            rest /= DIGITS.length();
        }
        return new SalesforceId(new String(id));
    }
}
