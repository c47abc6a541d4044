package dev.salesforcesync.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes and of which another, changed in one key, shares all but a few small arrays: a picture of a
 * million people costs nothing to keep while the next one is made, and a change costs the same however many there are.
 * A compressed hash trie (Steindorfer and Vinju, OOPSLA 2015): five bits of the hash choose the place in each node.
 * Neither keys nor values are null; the order is that of the hashes.
 */
public final class PersistentMap<K, V> extends AbstractMap<K, V> {
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(Node.EMPTY, 0);

    private final Node root;
    private final int size;

    private PersistentMap(Node root, int size) {
        this.root = root;
        this.size = size;
    }

    /** The map without any key. */
    @SuppressWarnings("unchecked")
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    /** The same with a key that has this value. */
    public PersistentMap<K, V> with(K key, V value) {
        Object before = find(key);
        return before == value
                ? this
                : new PersistentMap<>(
                        root.with(hash(key), 0, Objects.requireNonNull(key), Objects.requireNonNull(value)),
                        before == null ? size + 1 : size);
    }

    /** The same without a key. */
    public PersistentMap<K, V> without(K key) {
        return find(key) == null ? this : new PersistentMap<>(root.without(hash(key), 0, key), size - 1);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) != null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(@Nullable Object key) {
        return (V) find(key);
    }

    private @Nullable Object find(@Nullable Object key) {
        return key == null ? null : root.find(hash(key), key);
    }

    private static int hash(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<K, V>> iterator() {
                return new Walk<>(root);
            }
        };
    }

    /** Pairs of key and value first, then the nodes below; which places are taken by what is in two sets of bits. */
    private static final class Node {
        private static final int BITS = 5;

        /** Below this the hash has no more bits: keys of the same hash stand side by side. */
        private static final int DEEPEST = 30;

        private static final Node EMPTY = new Node(0, 0, new Object[0]);

        private final int pairs;
        private final int nodes;
        private final Object[] slots;

        Node(int pairs, int nodes, Object[] slots) {
            this.pairs = pairs;
            this.nodes = nodes;
            this.slots = slots;
        }

        int endOfPairs() {
            return nodes == 0 ? slots.length : 2 * Integer.bitCount(pairs);
        }

        private static int bit(int hash, int shift) {
            return 1 << ((hash >>> shift) & 31);
        }

        private int pair(int bit) {
            return 2 * Integer.bitCount(pairs & (bit - 1));
        }

        private int node(int bit) {
            return 2 * Integer.bitCount(pairs) + Integer.bitCount(nodes & (bit - 1));
        }

        private Node child(int bit) {
            return (Node) slots[node(bit)];
        }

        private int beside(Object key) {
            for (int i = 0; i < slots.length; i += 2) {
                if (slots[i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }

        @Nullable
        Object find(int hash, Object key) {
            Node at = this;
            for (int shift = 0; shift <= DEEPEST; shift += BITS) {
                int bit = bit(hash, shift);
                if ((at.pairs & bit) != 0) {
                    int pair = at.pair(bit);
                    return at.slots[pair].equals(key) ? at.slots[pair + 1] : null;
                }
                if ((at.nodes & bit) == 0) {
                    return null;
                }
                at = at.child(bit);
            }
            int pair = at.beside(key);
            return pair < 0 ? null : at.slots[pair + 1];
        }

        Node with(int hash, int shift, Object key, Object value) {
            if (shift > DEEPEST) {
                int pair = beside(key);
                return pair < 0
                        ? new Node(0, 0, spliced(slots.length, 0, key, value))
                        : new Node(0, 0, spliced(pair, 2, key, value));
            }
            int bit = bit(hash, shift);
            if ((pairs & bit) != 0) {
                int pair = pair(bit);
                if (slots[pair].equals(key)) {
                    return new Node(pairs, nodes, spliced(pair, 2, key, value));
                }
                Node both = EMPTY.with(hash(slots[pair]), shift + BITS, slots[pair], slots[pair + 1])
                        .with(hash, shift + BITS, key, value);
                Node less = new Node(pairs & ~bit, nodes, spliced(pair, 2));
                return new Node(less.pairs, nodes | bit, less.spliced(less.node(bit), 0, both));
            }
            if ((nodes & bit) != 0) {
                return new Node(pairs, nodes, spliced(node(bit), 1, child(bit).with(hash, shift + BITS, key, value)));
            }
            return new Node(pairs | bit, nodes, spliced(pair(bit), 0, key, value));
        }

        /** For a key that is there. */
        Node without(int hash, int shift, Object key) {
            if (shift > DEEPEST) {
                return new Node(0, 0, spliced(beside(key), 2));
            }
            int bit = bit(hash, shift);
            if ((pairs & bit) != 0) {
                return new Node(pairs & ~bit, nodes, spliced(pair(bit), 2));
            }
            Node rest = child(bit).without(hash, shift + BITS, key);
            if (rest.nodes == 0 && rest.slots.length == 2) {
                // A single pair needs no node of its own.
                Node less = new Node(pairs, nodes & ~bit, spliced(node(bit), 1));
                return new Node(pairs | bit, less.nodes, less.spliced(less.pair(bit), 0, rest.slots[0], rest.slots[1]));
            }
            return new Node(pairs, nodes, spliced(node(bit), 1, rest));
        }

        /** A copy of the slots with some of them replaced by others. */
        private Object[] spliced(int at, int removed, Object... added) {
            Object[] copy = Arrays.copyOf(slots, slots.length - removed + added.length);
            System.arraycopy(added, 0, copy, at, added.length);
            System.arraycopy(slots, at + removed, copy, at + added.length, slots.length - at - removed);
            return copy;
        }
    }

    /** Every pair once. */
    private static final class Walk<K, V> implements Iterator<Map.Entry<K, V>> {
        private final Deque<Node> left = new ArrayDeque<>();
        private Node at = Node.EMPTY;
        private int next;

        Walk(Node root) {
            left.push(root);
        }

        @Override
        public boolean hasNext() {
            while (next >= at.endOfPairs() && !left.isEmpty()) {
                at = left.pop();
                next = 0;
                for (int i = at.slots.length - 1; i >= at.endOfPairs(); i--) {
                    left.push((Node) at.slots[i]);
                }
            }
            return next < at.endOfPairs();
        }

        @Override
        @SuppressWarnings("unchecked")
        public Map.Entry<K, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<K, V> entry = Map.entry((K) at.slots[next], (V) at.slots[next + 1]);
            next += 2;
            return entry;
        }
    }
}
