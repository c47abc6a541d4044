package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The schema of widgets.yaml by hand: enough to see what the server makes of what a schema says. */
final class WidgetAdmission implements Admission {

    @Override
    public Reviewed review(ObjectNode proposed, JsonNode previous) {
        ObjectNode object = proposed.deepCopy();
        ObjectNode spec = object.withObject("/spec");
        List<String> unknown = new ArrayList<>();
        spec.fieldNames().forEachRemaining(field -> {
            if (!List.of("mode", "size", "note").contains(field)) {
                unknown.add("spec." + field);
            }
        });
        unknown.forEach(field -> spec.remove(field.substring("spec.".length())));
        if (!spec.has("mode")) {
            spec.put("mode", "Preview");
        }
        List<Cause> causes = new ArrayList<>();
        if (!List.of("Preview", "Enforce").contains(Json.text(spec, "mode"))) {
            causes.add(new Cause(
                    "FieldValueNotSupported",
                    "spec.mode",
                    "Unsupported value: \"" + Json.text(spec, "mode")
                            + "\": supported values: \"Preview\", \"Enforce\""));
        }
        if (!Json.text(previous, "spec", "note").equals(Json.text(spec, "note")) && !previous.isMissingNode()) {
            causes.add(new Cause("FieldValueInvalid", "spec.note", "Invalid value: \"string\": Value is immutable"));
        }
        return new Reviewed(object, unknown, causes);
    }
}
