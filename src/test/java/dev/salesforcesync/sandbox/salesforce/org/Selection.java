package dev.salesforcesync.sandbox.salesforce.org;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The selected fields of one object and, under their references, of its parents, in the order of the query. */
final class Selection {
    private final ObjectType type;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, Field> references = new LinkedHashMap<>();
    private final Map<String, Selection> parents = new LinkedHashMap<>();

    Selection(ObjectType type) {
        this.type = type;
    }

    void add(Path path) {
        if (path.steps().isEmpty()) {
            fields.put(path.field().name(), path.field());
            return;
        }
        Path.Step step = path.steps().get(0);
        String name = step.reference().relationship().orElseThrow();
        references.put(name, step.reference());
        fields.put(name, step.reference());
        List<Path.Step> rest = path.steps().subList(1, path.steps().size());
        parents.computeIfAbsent(name, key -> new Selection(step.target()))
                .add(new Path(rest, path.owner(), path.field()));
    }

    /** What the query shows of this row; to be called under the org's lock. */
    SavedRecord show(Row row, Store store) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        boolean withId = false;
        for (var entry : fields.entrySet()) {
            Selection parent = parents.get(entry.getKey());
            Field field = entry.getValue();
            Object value = row.value(type.at(field.name()));
            if (parent != null) {
                values.put(
                        entry.getKey(),
                        value == null
                                ? null
                                : store.table(parent.type)
                                        .byId(value.toString())
                                        .map(target -> parent.show(target, store))
                                        .orElse(null));
            } else {
                withId |= field.kind() == FieldKind.ID;
                values.put(field.name(), value);
            }
        }
        return new SavedRecord(type.name(), withId ? Optional.of(row.id()) : Optional.empty(), row.id(), values);
    }
}
