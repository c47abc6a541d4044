package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A request the server refuses, with the code and the {@code Status} a real API server answers. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private Refusal(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message, Json.object());
    }

    static Refusal unknownPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    static Refusal notFound(ServedKind kind, String name) {
        return new Refusal(404, "NotFound", kind.resource() + " \"" + name + "\" not found", about(kind, name));
    }

    static Refusal alreadyExists(ServedKind kind, String name) {
        return new Refusal(
                409, "AlreadyExists", kind.resource() + " \"" + name + "\" already exists", about(kind, name));
    }

    static Refusal conflict(ServedKind kind, String name, String why) {
        return new Refusal(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + kind.resource() + " \"" + name + "\": " + why,
                about(kind, name));
    }

    static Refusal methodNotAllowed() {
        return new Refusal(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    static Refusal unsupportedMediaType(String contentType) {
        return new Refusal(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json,"
                        + " application/yaml (got " + contentType + ")",
                Json.object());
    }

    static Refusal unprocessable(String message) {
        return new Refusal(422, "Invalid", message, Json.object());
    }

    static Refusal internal(String message) {
        return new Refusal(500, "InternalError", message, Json.object());
    }

    /** The object breaks its schema: one cause for each field. */
    static Refusal invalid(ServedKind kind, String name, List<Admission.Cause> causes) {
        List<String> texts =
                causes.stream().map(c -> c.field() + ": " + c.message()).toList();
        String all = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
        String what = kind.kind() + (kind.group().isEmpty() ? "" : "." + kind.group());
        ObjectNode details =
                Json.object().put("name", name).put("group", kind.group()).put("kind", kind.kind());
        details.set("causes", causesOf(causes));
        return new Refusal(422, "Invalid", what + " \"" + name + "\" is invalid: " + all, details);
    }

    /** A patch that can't be read into its kind, as a real server words it: without kind and name. */
    static Refusal invalidPatch(String patch, String why) {
        Admission.Cause cause =
                new Admission.Cause("FieldValueInvalid", "patch", "Invalid value: " + quoted(patch) + ": " + why);
        ObjectNode details = Json.object();
        details.set("causes", causesOf(List.of(cause)));
        return new Refusal(422, "Invalid", " \"\" is invalid: patch: " + cause.message(), details);
    }

    private static String quoted(String text) {
        return Json.object().textNode(text).toString();
    }

    private static ArrayNode causesOf(List<Admission.Cause> causes) {
        return causes.stream()
                .map(cause -> Json.object()
                        .put("reason", cause.reason())
                        .put("message", cause.message())
                        .put("field", cause.field()))
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(), list -> Json.array().addAll(list)));
    }

    private static ObjectNode about(ServedKind kind, String name) {
        return Json.object().put("name", name).put("group", kind.group()).put("kind", kind.plural());
    }

    ApiAnswer answer() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.set("metadata", Json.object());
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        status.set("details", details);
        status.put("code", code);
        return ApiAnswer.of(code, status);
    }
}
