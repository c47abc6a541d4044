package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a kind's schema makes of an object on its way into the store. */
interface Admission {

    /** Lets everything pass unchanged: built-in kinds. */
    Admission OPEN = (proposed, previous) -> new Reviewed(proposed, List.of(), List.of());

    /**
     * Reviews an object.
     *
     * @param previous what is stored under its name, a missing node if nothing is
     */
    Reviewed review(ObjectNode proposed, JsonNode previous);

    /**
     * What became of an object.
     *
     * @param object with defaults applied and without unknown fields
     * @param unknownFields the paths that were left out, such as {@code spec.foo}
     * @param causes what breaks the schema; empty if the object may be stored
     */
    record Reviewed(ObjectNode object, List<String> unknownFields, List<Cause> causes) {
        public Reviewed {
            unknownFields = List.copyOf(unknownFields);
            causes = List.copyOf(causes);
        }
    }

    /**
     * One broken rule in the words of a real server.
     *
     * @param reason such as {@code FieldValueNotSupported}
     * @param field such as {@code spec.mode}
     * @param message such as {@code Unsupported value: "x": supported values: "Preview", "Enforce"}
     */
    record Cause(String reason, String field, String message) {}
}
