package dev.salesforcesync.model;

import java.util.AbstractSet;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A set that never changes and of which another, changed in one element, shares all but a few small arrays. */
public final class PersistentSet<E> extends AbstractSet<E> {
    private static final PersistentSet<?> EMPTY = new PersistentSet<>(PersistentMap.empty());

    private final PersistentMap<E, Boolean> elements;

    private PersistentSet(PersistentMap<E, Boolean> elements) {
        this.elements = elements;
    }

    /** The set of nothing. */
    @SuppressWarnings("unchecked")
    public static <E> PersistentSet<E> empty() {
        return (PersistentSet<E>) EMPTY;
    }

    /** The same with an element. */
    public PersistentSet<E> with(E element) {
        return changed(elements.with(element, Boolean.TRUE));
    }

    /** The same without an element. */
    public PersistentSet<E> without(E element) {
        return changed(elements.without(element));
    }

    private PersistentSet<E> changed(PersistentMap<E, Boolean> next) {
        return next.size() == elements.size() ? this : new PersistentSet<>(next);
    }

    @Override
    public boolean contains(@Nullable Object element) {
        return elements.containsKey(element);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public Iterator<E> iterator() {
        return elements.keySet().iterator();
    }
}
