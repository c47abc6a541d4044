package dev.salesforcesync.sandbox.salesforce.org;

import dev.salesforcesync.sandbox.salesforce.soql.FieldPath;
import dev.salesforcesync.sandbox.salesforce.soql.Query;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field path with all its names found in the schema: over references to a field. */
record Path(List<Step> steps, ObjectType owner, Field field) {

    /** From a row to the parent behind one of its references. */
    record Step(ObjectType from, Field reference, ObjectType target) {}

    /** Levels of parents in one path (SOQL reference, relationship query limitations). */
    private static final int MAX_STEPS = 5;

    Path {
        steps = List.copyOf(steps);
    }

    static Path resolve(Query query, ObjectType type, FieldPath path, Schema schema) {
        var steps = new ArrayList<Step>();
        ObjectType at = type;
        List<String> names = path.names();
        // The object's own name may stand in front: SELECT User.Name FROM User.
        int first = names.size() > 1 && names.get(0).equalsIgnoreCase(type.name()) ? 1 : 0;
        for (int i = first; i < names.size() - 1; i++) {
            ObjectType from = at;
            String name = names.get(i);
            Field reference = from.relationship(name).orElseThrow(() -> noRelationship(query, path, name));
            ObjectType target =
                    schema.find(reference.referenceTo().get(0)).orElseThrow(() -> noRelationship(query, path, name));
            steps.add(new Step(from, reference, target));
            at = target;
        }
        if (steps.size() > MAX_STEPS) {
            throw SoqlException.malformed(
                    query.text(), path.position(), "too many levels in field path " + path.text());
        }
        ObjectType owner = at;
        String last = names.get(names.size() - 1);
        Field field = owner.field(last)
                .orElseThrow(() -> SoqlException.at(
                        query.text(),
                        path.position(),
                        ErrorCode.INVALID_FIELD.name(),
                        FieldChecks.noSuchColumn(last, owner)));
        return new Path(steps, owner, field);
    }

    /** The value at the end of the path, null also when a parent on the way is missing. */
    @Nullable
    Object read(Row row, Store store) {
        Row at = row;
        for (Step step : steps) {
            Object id = at.value(step.from().at(step.reference().name()));
            Optional<Row> parent =
                    id == null ? Optional.empty() : store.table(step.target()).byId(id.toString());
            if (parent.isEmpty()) {
                return null;
            }
            at = parent.get();
        }
        return at.value(owner.at(field.name()));
    }

    boolean isLocal() {
        return steps.isEmpty();
    }

    private static SoqlException noRelationship(Query query, FieldPath path, String name) {
        return SoqlException.at(
                query.text(),
                path.position(),
                ErrorCode.INVALID_FIELD.name(),
                "Didn't understand relationship '" + name
                        + "' in field path. If you are attempting to use a custom relationship, be sure to append the"
                        + " '__r' after the custom relationship name. Please reference your WSDL or the describe call"
                        + " for the appropriate names.");
    }
}
