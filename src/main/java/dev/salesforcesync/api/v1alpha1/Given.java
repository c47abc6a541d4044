package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** The record given, else the one in which nothing is given. */
    static <T extends Record> T or(@Nullable T given, Class<T> type) {
        return given == null ? defaults(type) : given;
    }

    /** The constant that is written so in a resource. */
    static <E extends Enum<E>> Optional<E> choice(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> text.equals(written(constant)))
                .findFirst();
    }

    private static String written(Enum<?> constant) {
        try {
            JsonProperty name =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return name == null ? constant.name() : name.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("No constant " + constant.name(), e);
        }
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
