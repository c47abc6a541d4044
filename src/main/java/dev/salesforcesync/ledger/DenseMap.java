package dev.salesforcesync.ledger;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of many, in rows of a few arrays instead of several objects for each; with each the number of the
 * shard where it is stored. Keys and values are made anew for whoever asks. Readers may not change it. Safe for use by
 * several threads: who goes through it while it changes sees everybody who is there all the time, once.
 */
abstract class DenseMap<K, V> extends AbstractMap<K, V> {
    private static final int LEAST = 16;

    /** For each place that the hash of a key leads to, the row and one; 0 for none. */
    private int[] places = new int[2 * LEAST];

    private int[] shards = new int[0];

    /** Rows given out so far, those that are free again among them. */
    private int rows;

    private int[] free = new int[LEAST];
    private int freed;

    /** Makes room for so many rows. */
    abstract void resize(int capacity);

    abstract void write(int row, K key, V value);

    /** Lets go of what a row holds; it is no key's any more. */
    abstract void clear(int row);

    abstract boolean isFree(int row);

    abstract boolean isAt(int row, Object key);

    abstract K keyAt(int row);

    abstract V valueAt(int row);

    /** Remembers a value in place of any other of its key. */
    synchronized void store(K key, V value, int shard) {
        int row = row(key);
        if (row < 0) {
            row = freed > 0 ? free[--freed] : rows++;
            if (row >= shards.length) {
                int capacity = shards.length + shards.length / 4 + LEAST;
                shards = Arrays.copyOf(shards, capacity);
                resize(capacity);
            }
            write(row, key, value);
            enter(row);
        } else {
            write(row, key, value);
        }
        shards[row] = shard;
    }

    /** Forgets a key's value, if there is one. */
    synchronized void drop(K key) {
        int place = place(key);
        int row = places[place] - 1;
        if (row < 0) {
            return;
        }
        places[place] = 0;
        // Whoever stands behind a free place must not become unreachable: all up to the next free one settle anew.
        for (int next = after(place); places[next] != 0; next = after(next)) {
            int moved = places[next];
            places[next] = 0;
            places[place(keyAt(moved - 1))] = moved;
        }
        clear(row);
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = row;
    }

    /** The number of the shard where a key's value is stored; negative if there is none. */
    synchronized int shardOf(K key) {
        int row = row(key);
        return row < 0 ? -1 : shards[row];
    }

    /** Tells each row that is stored in a shard. */
    synchronized void forEachIn(int shard, IntConsumer action) {
        for (int row = 0; row < rows; row++) {
            if (shards[row] == shard && !isFree(row)) {
                action.accept(row);
            }
        }
    }

    private void enter(int row) {
        if (4L * size() > 3L * places.length) {
            places = new int[2 * places.length];
            for (int other = 0; other < rows; other++) {
                if (!isFree(other) && other != row) {
                    places[place(keyAt(other))] = other + 1;
                }
            }
        }
        places[place(keyAt(row))] = row + 1;
    }

    /** Where a key's row is named, or would be. */
    private int place(Object key) {
        int place = ((key.hashCode() * 0x9E3779B9) >>> 7) & (places.length - 1);
        while (places[place] != 0 && !isAt(places[place] - 1, key)) {
            place = after(place);
        }
        return place;
    }

    private int after(int place) {
        return (place + 1) & (places.length - 1);
    }

    private int row(Object key) {
        return places[place(key)] - 1;
    }

    @Override
    public synchronized int size() {
        return rows - freed;
    }

    @Override
    public synchronized boolean containsKey(@Nullable Object key) {
        return key != null && row(key) >= 0;
    }

    @Override
    public synchronized @Nullable V get(@Nullable Object key) {
        int row = key == null ? -1 : row(key);
        return row < 0 ? null : valueAt(row);
    }

    private synchronized Map.@Nullable Entry<K, V> entryFrom(Cursor cursor) {
        while (cursor.row < rows && isFree(cursor.row)) {
            cursor.row++;
        }
        return cursor.row < rows ? Map.entry(keyAt(cursor.row), valueAt(cursor.row++)) : null;
    }

    private static final class Cursor {
        private int row;
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return DenseMap.this.size();
            }

            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                Cursor cursor = new Cursor();
                return new Iterator<>() {
                    private Map.@Nullable Entry<K, V> next = entryFrom(cursor);

                    @Override
                    public boolean hasNext() {
                        return next != null;
                    }

                    @Override
                    public Map.Entry<K, V> next() {
                        Map.Entry<K, V> current = next;
                        if (current == null) {
                            throw new NoSuchElementException();
                        }
                        next = entryFrom(cursor);
                        return current;
                    }
                };
            }
        };
    }
}
