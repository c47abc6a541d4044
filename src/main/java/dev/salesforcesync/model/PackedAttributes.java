package dev.salesforcesync.model;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attribute values of one entry in one array of bytes: a picture holds up to a million entries, and as maps of
 * lists of strings each would take ten times the room. Names are found without regard to case, in their order.
 */
final class PackedAttributes extends AbstractMap<String, List<String>> {
    /** Entries of one class have the same names; beyond this many different sets each entry keeps its own. */
    private static final int MAX_SHARED = 1_000;

    private static final Map<List<String>, List<String>> SHARED = new ConcurrentHashMap<>();

    private final List<String> names;
    private final byte[] bytes;

    private PackedAttributes(List<String> names, byte[] bytes) {
        this.names = names;
        this.bytes = bytes;
    }

    static PackedAttributes of(Map<String, List<String>> attributes) {
        if (attributes instanceof PackedAttributes packed) {
            return packed;
        }
        TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(attributes);
        Packer packer = new Packer();
        sorted.values().forEach(packer::add);
        return new PackedAttributes(shared(List.copyOf(sorted.keySet())), packer.bytes());
    }

    private static List<String> shared(List<String> names) {
        List<String> known = SHARED.get(names);
        if (known != null) {
            return known;
        }
        if (SHARED.size() < MAX_SHARED) {
            SHARED.put(names, names);
        }
        return names;
    }

    /** Two reads of one entry that did not change have the same bytes: then nothing is unpacked. */
    @Override
    public boolean equals(@Nullable Object other) {
        return (other instanceof PackedAttributes packed
                        && names.equals(packed.names)
                        && Arrays.equals(bytes, packed.bytes))
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
    public @Nullable List<String> get(@Nullable Object name) {
        int position = position(name);
        if (position < 0) {
            return null;
        }
        Reader reader = new Reader(bytes);
        for (int i = 0; i < position; i++) {
            reader.skip();
        }
        return reader.next();
    }

    private int position(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return -1;
        }
        int low = 0;
        int high = names.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = String.CASE_INSENSITIVE_ORDER.compare(names.get(middle), text);
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
    public Set<Entry<String, List<String>>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.size();
            }

            @Override
            public Iterator<Entry<String, List<String>>> iterator() {
                return new Iterator<>() {
                    private final Reader reader = new Reader(bytes);
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < names.size();
                    }

                    @Override
                    public Entry<String, List<String>> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(names.get(next++), reader.next());
                    }
                };
            }
        };
    }

    /** Writes lists of texts: a count, then for each its length and its UTF-8. */
    private static final class Packer {
        private byte[] bytes = new byte[256];
        private int size;

        void add(List<String> values) {
            number(values.size());
            for (String value : values) {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                number(text.length);
                room(text.length);
                System.arraycopy(text, 0, bytes, size, text.length);
                size += text.length;
            }
        }

        /** Seven bits a byte, the low ones first. */
        private void number(int number) {
            room(5);
            int rest = number;
            while (rest > 0x7f) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        private void room(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** Reads what {@link Packer} wrote. */
    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        List<String> next() {
            int count = number();
            if (count == 1) {
                return List.of(text());
            }
            List<String> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(text());
            }
            return List.copyOf(values);
        }

        void skip() {
            int count = number();
            for (int i = 0; i < count; i++) {
                int length = number();
                at += length;
            }
        }

        private String text() {
            int length = number();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        private int number() {
            int number = 0;
            int shift = 0;
            while (bytes[at] < 0) {
                number |= (bytes[at++] & 0x7f) << shift;
                shift += 7;
            }
            return number | bytes[at++] << shift;
        }
    }
}
