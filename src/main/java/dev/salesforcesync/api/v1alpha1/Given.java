package dev.salesforcesync.api.v1alpha1;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a resource gives and fills in what it leaves out. Missing values arrive as null: not every API server
 * applies the defaults of the schema, and a resource that cannot be read would stop the informer.
 */
final class Given {

    private Given() {}

    static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    static <T> List<T> list(@Nullable List<T> given) {
        return given == null
                ? List.of()
                : given.stream().filter(Objects::nonNull).toList();
    }

    /** Keeps the order of the file, so that the same resource always gives the same plan. */
    static <T> Map<String, T> map(@Nullable Map<String, T> given) {
        if (given == null) {
            return Map.of();
        }
        Map<String, T> kept = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            if (value != null) {
                kept.put(key, value);
            }
        });
        return Collections.unmodifiableMap(kept);
    }

    static Map<String, Map<String, String>> tables(@Nullable Map<String, Map<String, String>> given) {
        Map<String, Map<String, String>> kept = new LinkedHashMap<>();
        map(given).forEach((name, table) -> kept.put(name, map(table)));
        return Collections.unmodifiableMap(kept);
    }

    /** The record as it is when a resource says nothing about any of its components. */
    static <T extends Record> T defaults(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(new Object[components.length]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No defaults for " + type.getSimpleName(), e);
        }
    }
}
