package dev.salesforcesync.ledger;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Links by person: some 50 bytes for each. */
final class LinkMap extends DenseMap<ObjectGuid, PersonLink> {
    /** Three for each row: the person, and the head of the user's id. */
    private long[] numbers = new long[0];

    private int[] tails = new int[0];

    /** Of a free row null. */
    private @Nullable String[] policies = new String[0];

    @Override
    void resize(int capacity) {
        numbers = Arrays.copyOf(numbers, 3 * capacity);
        tails = Arrays.copyOf(tails, capacity);
        policies = Arrays.copyOf(policies, capacity);
    }

    @Override
    void write(int row, ObjectGuid person, PersonLink link) {
        numbers[3 * row] = person.high();
        numbers[3 * row + 1] = person.low();
        numbers[3 * row + 2] = link.user().head();
        tails[row] = link.user().tail();
        policies[row] = link.policy().intern();
    }

    @Override
    void clear(int row) {
        policies[row] = null;
    }

    @Override
    boolean isFree(int row) {
        return policies[row] == null;
    }

    @Override
    boolean isAt(int row, Object key) {
        return key instanceof ObjectGuid person
                && numbers[3 * row] == person.high()
                && numbers[3 * row + 1] == person.low();
    }

    @Override
    ObjectGuid keyAt(int row) {
        return new ObjectGuid(numbers[3 * row], numbers[3 * row + 1]);
    }

    @Override
    PersonLink valueAt(int row) {
        return new PersonLink(
                keyAt(row), new SalesforceId(numbers[3 * row + 2], tails[row]), Objects.requireNonNull(policies[row]));
    }
}
