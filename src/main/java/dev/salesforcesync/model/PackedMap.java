package dev.salesforcesync.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of names to values in one array of bytes: a picture holds up to a million entries, and as maps of strings each
 * would take ten times the room. Names are found, and come, in their order.
 */
abstract class PackedMap<V> extends AbstractMap<String, V> {
    /** Entries of one class have the same names. */
    private static final OneOfEach<List<String>> NAMES = new OneOfEach<>();

    private final List<String> names;
    private final byte[] bytes;
    private final int from;

    /**
     * What was written somewhere.
     *
     * @param from where in the array it begins; it goes on to the end
     */
    PackedMap(List<String> names, byte[] bytes, int from) {
        this.names = names;
        this.bytes = bytes;
        this.from = from;
    }

    /** The order of the names, by which two of them are the same. */
    abstract Comparator<String> order();

    abstract V read(PackedTexts.Reader reader);

    abstract void skip(PackedTexts.Reader reader);

    /** The names of a map, in one list for all that have the same. */
    static List<String> names(SortedMap<String, ?> sorted) {
        return NAMES.of(sorted.keySet().stream().map(String::intern).toList());
    }

    /** Two reads of one entry that did not change have the same bytes: then nothing is unpacked. */
    @Override
    public boolean equals(@Nullable Object other) {
        return (other instanceof PackedMap<?> packed
                        && getClass() == packed.getClass()
                        && names.equals(packed.names)
                        && Arrays.equals(bytes, from, bytes.length, packed.bytes, packed.from, packed.bytes.length))
                || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return position(name) >= 0;
    }

    @Override
    public @Nullable V get(@Nullable Object name) {
        int position = position(name);
        if (position < 0) {
            return null;
        }
        PackedTexts.Reader reader = new PackedTexts.Reader(bytes, from);
        for (int i = 0; i < position; i++) {
            skip(reader);
        }
        return read(reader);
    }

    private int position(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return -1;
        }
        int low = 0;
        int high = names.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = order().compare(names.get(middle), text);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.size();
            }

            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Iterator<>() {
                    private final PackedTexts.Reader reader = new PackedTexts.Reader(bytes, from);
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < names.size();
                    }

                    @Override
                    public Entry<String, V> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(names.get(next++), read(reader));
                    }
                };
            }
        };
    }
}
