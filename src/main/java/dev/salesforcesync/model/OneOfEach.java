package dev.salesforcesync.model;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Makes all who have an equal value have the same object, as long as anybody has it: what a million people have in common
 * is kept once, and what nobody has any more is forgotten. Values must never change. Safe for use by several threads.
 */
public final class OneOfEach<T> {
    private final Map<T, WeakReference<T>> known = new WeakHashMap<>();

    /** The object that the first who had an equal value brought. */
    public synchronized T of(T value) {
        WeakReference<T> reference = known.get(value);
        T first = reference == null ? null : reference.get();
        if (first != null) {
            return first;
        }
        known.put(value, new WeakReference<>(value));
        return value;
    }
}
