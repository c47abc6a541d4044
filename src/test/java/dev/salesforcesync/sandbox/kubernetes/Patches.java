package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.List;
import java.util.Map;

/** The four ways to change an object in part, each as a function of the object and the patch. */
final class Patches {

    static final String JSON = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";

    private Patches() {}

    /** Applies a JSON patch, a merge patch, or a strategic merge patch as if it were a merge patch. */
    static ObjectNode apply(String contentType, ObjectNode current, String patch) {
        return switch (contentType) {
            case JSON -> jsonPatch(current, Json.parse(patch));
            case MERGE, STRATEGIC -> merge(current.deepCopy(), Json.parseObject(patch));
            default -> throw Refusal.unsupportedMediaType(contentType);
        };
    }

    private static ObjectNode jsonPatch(ObjectNode current, JsonNode patch) {
        JsonNode patched = current.deepCopy();
        try {
            for (JsonNode operation : patch) {
                // The library lets these pass where there is nothing; a real server does not.
                boolean needsTarget = List.of("remove", "replace").contains(Json.text(operation, "op"));
                if (needsTarget && patched.at(Json.text(operation, "path")).isMissingNode()) {
                    throw rejected();
                }
                patched = JsonPatch.apply(Json.array().add(operation), patched);
            }
        } catch (JsonPatchException e) {
            throw rejected();
        }
        return Json.asObject(patched);
    }

    private static Refusal rejected() {
        return Refusal.unprocessable("the server rejected our request due to an error in our request");
    }

    /** Merges as in RFC 7396: null removes, objects merge, everything else replaces. */
    static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.startsWith("$")) {
                continue; // A directive of the strategic kind, such as $setElementOrder.
            }
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode nested) {
                ObjectNode into = target.path(name) instanceof ObjectNode existing ? existing : Json.object();
                target.set(name, merge(into, nested));
            } else {
                target.set(name, value);
            }
        }
        return target;
    }

    /**
     * The merge patch of a server-side apply: what is wanted now, and null for what the same manager wanted last time
     * and no more. Lists are replaced as a whole.
     */
    static ObjectNode serverSide(JsonNode before, ObjectNode wanted) {
        ObjectNode patch = Json.object();
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            JsonNode value = field.getValue();
            patch.set(
                    field.getKey(),
                    value instanceof ObjectNode nested ? serverSide(before.path(field.getKey()), nested) : value);
        }
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            if (!wanted.has(field.getKey())) {
                patch.putNull(field.getKey());
            }
        }
        return patch;
    }
}
