package dev.salesforcesync.api.v1alpha1;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the enum values of a spec that this version does not know. They read as {@code UNRECOGNIZED} instead of
 * failing, because a resource that cannot be read stops the informer and with it the operator, for instance after a
 * downgrade. A spec with such a value must be refused, never acted on.
 */
public final class Unrecognized {

    private static final String NAME = "UNRECOGNIZED";

    private Unrecognized() {}

    /** Paths of the values not known, such as {@code spec.lifecycle.whenBack}; empty if the spec is understood whole. */
    public static List<String> in(Record spec) {
        List<String> paths = new ArrayList<>();
        visit("spec", spec, paths);
        return List.copyOf(paths);
    }

    private static void visit(String path, @Nullable Object value, List<String> paths) {
        if (value instanceof Enum<?> choice && choice.name().equals(NAME)) {
            paths.add(path);
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                visit(path + "[" + i + "]", items.get(i), paths);
            }
        } else if (value instanceof Record composite) {
            for (RecordComponent component : composite.getClass().getRecordComponents()) {
                visit(path + "." + component.getName(), read(composite, component), paths);
            }
        }
    }

    private static @Nullable Object read(Record composite, RecordComponent component) {
        try {
            return component.getAccessor().invoke(composite);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Unreadable component " + component.getName(), e);
        }
    }
}
