package dev.salesforcesync.ledger;

import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.OneOfEach;
import dev.salesforcesync.model.SalesforceId;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** By user, what he was given and by which policy: some 30 bytes for each, for many were given the same. */
final class GivenMap extends DenseMap<SalesforceId, Map<GivenRight, String>> {
    private final OneOfEach<Map<GivenRight, String>> known = new OneOfEach<>();
    private long[] heads = new long[0];
    private int[] tails = new int[0];

    /** Of a free row null. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    private @Nullable Map<GivenRight, String>[] given = new Map[0];

    @Override
    void resize(int capacity) {
        heads = Arrays.copyOf(heads, capacity);
        tails = Arrays.copyOf(tails, capacity);
        given = Arrays.copyOf(given, capacity);
    }

    @Override
    void write(int row, SalesforceId user, Map<GivenRight, String> by) {
        heads[row] = user.head();
        tails[row] = user.tail();
        given[row] = known.of(Map.copyOf(by));
    }

    @Override
    void clear(int row) {
        given[row] = null;
    }

    @Override
    boolean isFree(int row) {
        return given[row] == null;
    }

    @Override
    boolean isAt(int row, Object key) {
        return key instanceof SalesforceId user && heads[row] == user.head() && tails[row] == user.tail();
    }

    @Override
    SalesforceId keyAt(int row) {
        return new SalesforceId(heads[row], tails[row]);
    }

    @Override
    Map<GivenRight, String> valueAt(int row) {
        return Objects.requireNonNull(given[row]);
    }
}
