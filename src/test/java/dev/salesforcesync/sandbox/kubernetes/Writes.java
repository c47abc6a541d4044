package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Creates, replaces, patches and deletes objects: checks first, as admission on a real server does, then stores. */
final class Writes {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final ObjectStore store;
    private final Function<ServedKind, Admission> admissions;
    /** What each manager last applied, by manager and path of the object. */
    private final Map<String, ObjectNode> applied = new HashMap<>();

    Writes(ObjectStore store, Function<ServedKind, Admission> admissions) {
        this.store = store;
        this.admissions = admissions;
    }

    ApiAnswer create(ServedKind kind, ResourcePath path, ApiRequest request, ObjectNode object) {
        identify(kind, path, object);
        String name = Json.text(object, "metadata", "name");
        if (store.find(kind, path.namespace(), name).isPresent()) {
            throw Refusal.alreadyExists(kind, name);
        }
        if (kind.namespaced()
                && store.find(Kinds.NAMESPACE, "", path.namespace()).isEmpty()) {
            throw Refusal.notFound(Kinds.NAMESPACE, path.namespace());
        }
        if (kind.statusSubresource()) {
            object.remove("status");
        }
        List<String> warnings = new ArrayList<>();
        ObjectNode admitted = admit(
                kind, object, MissingNode.getInstance(), request, warnings, unknown -> undecodable(kind, unknown));
        ObjectNode stored = isDryRun(request) ? admitted : store.create(kind, path.namespace(), admitted);
        return ApiAnswer.of(201, stored).warning(warnings);
    }

    ApiAnswer replace(ServedKind kind, ResourcePath path, ApiRequest request, ObjectNode object) {
        ObjectNode current = existing(kind, path);
        identify(kind, path, object);
        if (kind.isCustom() && Json.text(object, "metadata", "resourceVersion").isEmpty()) {
            throw Refusal.invalid(
                    kind,
                    path.name(),
                    List.of(new Admission.Cause(
                            "FieldValueInvalid",
                            "metadata.resourceVersion",
                            "Invalid value: 0x0: must be specified for an update")));
        }
        return store(kind, path, request, current, object, unknown -> undecodable(kind, unknown));
    }

    ApiAnswer patch(ServedKind kind, ResourcePath path, ApiRequest request) {
        String type = request.contentType().split(";", 2)[0].trim();
        if (type.equals(Patches.APPLY)) {
            return apply(kind, path, request);
        }
        ObjectNode current = existing(kind, path);
        ObjectNode patched = Patches.apply(type, current, request.body());
        return store(
                kind,
                path,
                request,
                current,
                patched,
                unknown -> Refusal.invalidPatch(request.body(), strictDecodingError(unknown)));
    }

    private ApiAnswer apply(ServedKind kind, ResourcePath path, ApiRequest request) {
        ObjectNode wanted = Json.asObject(Json.parseYaml(request.body()));
        Optional<ObjectNode> current = store.find(kind, path.namespace(), path.name());
        String key = request.parameter("fieldManager") + " " + request.path();
        if (current.isEmpty() && path.subresource().isEmpty()) {
            ApiAnswer created = create(kind, path, request, wanted.deepCopy());
            applied.put(key, wanted);
            return created;
        }
        ObjectNode now = existing(kind, path);
        ObjectNode patch = Patches.serverSide(applied.getOrDefault(key, Json.object()), wanted);
        ObjectNode patched = Patches.merge(now.deepCopy(), patch);
        BuiltIns.complete(kind, patched);
        ApiAnswer answer = store(
                kind,
                path,
                request,
                now,
                patched,
                unknown -> Refusal.internal("failed to create typed patch object (" + path.namespace() + "/"
                        + path.name() + "; " + kind.groupVersion() + ", Kind=" + kind.kind() + "): ."
                        + String.join(", .", unknown) + ": field not declared in schema"));
        applied.put(key, wanted);
        return answer;
    }

    private ApiAnswer store(
            ServedKind kind,
            ResourcePath path,
            ApiRequest request,
            ObjectNode current,
            ObjectNode proposed,
            Function<List<String>, Refusal> onUnknown) {
        String version = Json.text(proposed, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(current, "metadata", "resourceVersion"))) {
            throw Refusal.conflict(
                    kind,
                    path.name(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        ObjectNode next = path.isStatus() ? current.deepCopy() : proposed;
        JsonNode status = (path.isStatus() ? proposed : current).path("status");
        if (path.isStatus() || kind.statusSubresource()) {
            if (status.isMissingNode()) {
                next.remove("status");
            } else {
                next.set("status", status);
            }
        }
        List<String> warnings = new ArrayList<>();
        ObjectNode admitted = admit(kind, next, current, request, warnings, onUnknown);
        if (isDryRun(request)) {
            return ApiAnswer.of(200, admitted).warning(warnings);
        }
        ObjectNode stored = store.replace(kind, path.namespace(), path.name(), path.isStatus(), admitted)
                .orElse(admitted);
        return ApiAnswer.of(200, stored).warning(warnings);
    }

    ApiAnswer delete(ServedKind kind, ResourcePath path, ApiRequest request) {
        ObjectNode current = existing(kind, path);
        JsonNode options = request.content().length() == 0 ? MissingNode.getInstance() : Json.parse(request.body());
        for (String precondition : new String[] {"uid", "resourceVersion"}) {
            String expected = Json.text(options, "preconditions", precondition);
            if (!expected.isEmpty() && !expected.equals(Json.text(current, "metadata", precondition))) {
                throw Refusal.conflict(
                        kind, path.name(), "the " + precondition + " in the precondition does not match");
            }
        }
        if (!isDryRun(request)) {
            store.delete(kind, path.namespace(), path.name());
            applied.keySet().removeIf(key -> key.endsWith(" " + request.path()));
        }
        // With finalizers it is still there, marked; the object itself says so.
        return store.find(kind, path.namespace(), path.name())
                .map(object -> ApiAnswer.of(200, object))
                .orElseGet(() -> ApiAnswer.of(200, deleted(kind, current)));
    }

    private static ObjectNode deleted(ServedKind kind, ObjectNode object) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.set("metadata", Json.object());
        status.put("status", "Success");
        status.putObject("details")
                .put("name", Json.text(object, "metadata", "name"))
                .put("group", kind.group())
                .put("kind", kind.plural())
                .put("uid", Json.text(object, "metadata", "uid"));
        return status;
    }

    private ObjectNode existing(ServedKind kind, ResourcePath path) {
        return store.find(kind, path.namespace(), path.name()).orElseThrow(() -> Refusal.notFound(kind, path.name()));
    }

    /** Completes and checks what says which object this is. */
    private static void identify(ServedKind kind, ResourcePath path, ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText(kind.groupVersion());
        if (!apiVersion.equals(kind.groupVersion())) {
            throw Refusal.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + kind.groupVersion() + ")");
        }
        object.put("apiVersion", apiVersion).put("kind", object.path("kind").asText(kind.kind()));
        ObjectNode metadata = object.withObject("/metadata");
        String generateName = Json.text(metadata, "generateName");
        if (path.name().isEmpty() && Json.text(metadata, "name").isEmpty() && !generateName.isEmpty()) {
            metadata.put("name", generateName + UUID.randomUUID().toString().substring(0, 5));
        }
        String name = metadata.path("name").asText(path.name());
        if (!path.name().isEmpty() && !name.equals(path.name())) {
            throw Refusal.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + path.name() + ")");
        }
        String namespace = metadata.path("namespace").asText(path.namespace());
        if (kind.namespaced() && !namespace.equals(path.namespace())) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the" + " request");
        }
        if (name.isEmpty()) {
            throw Refusal.invalid(
                    kind,
                    "",
                    List.of(new Admission.Cause(
                            "FieldValueRequired",
                            "metadata.name",
                            "Required value: name or generateName is required")));
        }
        if (!NAME.matcher(name).matches() || name.length() > 253) {
            throw Refusal.invalid(
                    kind,
                    name,
                    List.of(new Admission.Cause(
                            "FieldValueInvalid",
                            "metadata.name",
                            "Invalid value: \"" + name + "\": a lowercase RFC 1123 subdomain must consist of lower case"
                                    + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric"
                                    + " character")));
        }
        metadata.put("name", name);
        if (kind.namespaced()) {
            metadata.put("namespace", namespace);
        } else {
            metadata.remove("namespace");
        }
    }

    private ObjectNode admit(
            ServedKind kind,
            ObjectNode proposed,
            JsonNode current,
            ApiRequest request,
            List<String> warnings,
            Function<List<String>, Refusal> onUnknown) {
        BuiltIns.complete(kind, proposed);
        Admission.Reviewed reviewed = admissions.apply(kind).review(proposed, current);
        if (!reviewed.unknownFields().isEmpty()) {
            switch (request.parameter("fieldValidation")) {
                case "Strict" -> throw onUnknown.apply(reviewed.unknownFields());
                case "Ignore" -> {}
                default -> reviewed.unknownFields().forEach(field -> warnings.add("unknown field \"" + field + "\""));
            }
        }
        if (!reviewed.causes().isEmpty()) {
            throw Refusal.invalid(kind, Json.text(proposed, "metadata", "name"), reviewed.causes());
        }
        return reviewed.object();
    }

    private static Refusal undecodable(ServedKind kind, List<String> unknown) {
        return Refusal.badRequest(kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a "
                + kind.kind() + ": " + strictDecodingError(unknown));
    }

    private static String strictDecodingError(List<String> unknown) {
        return "strict decoding error: "
                + String.join(
                        ", ",
                        unknown.stream()
                                .map(field -> "unknown field \"" + field + "\"")
                                .toList());
    }

    private static boolean isDryRun(ApiRequest request) {
        return request.parameter("dryRun").equals("All");
    }
}
