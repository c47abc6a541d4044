package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kind the server serves: how it is called, which columns its tables have, and its schema (missing for built-in
 * kinds).
 *
 * @param group empty for the core group
 */
record ServedKind(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced,
        boolean statusSubresource,
        List<String> shortNames,
        List<String> categories,
        List<Column> columns,
        JsonNode schema) {

    ServedKind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        columns = List.copyOf(columns);
    }

    static ServedKind builtIn(
            String group,
            String version,
            String kind,
            String plural,
            boolean namespaced,
            List<String> shortNames,
            List<Column> columns) {
        return new ServedKind(
                group,
                version,
                kind,
                plural,
                kind.toLowerCase(Locale.ROOT),
                namespaced,
                false,
                shortNames,
                List.of(),
                columns,
                MissingNode.getInstance());
    }

    /** The kinds a CustomResourceDefinition asks for: one for each served version. */
    static List<ServedKind> of(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode names = spec.path("names");
        List<ServedKind> kinds = new ArrayList<>();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean(true)) {
                String kind = Json.text(names, "kind");
                kinds.add(new ServedKind(
                        Json.text(spec, "group"),
                        Json.text(version, "name"),
                        kind,
                        Json.text(names, "plural"),
                        names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
                        !Json.text(spec, "scope").equals("Cluster"),
                        version.path("subresources").has("status"),
                        Json.texts(names.path("shortNames")),
                        Json.texts(names.path("categories")),
                        Column.ofDefinition(version.path("additionalPrinterColumns")),
                        version.path("schema").path("openAPIV3Schema")));
            }
        }
        return kinds;
    }

    boolean isCustom() {
        return !schema.isMissingNode();
    }

    String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String basePath() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /** The name in messages, such as {@code syncpolicies.salesforcesync.dev}. */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    ObjectNode groupVersionKind() {
        return Json.object().put("group", group).put("kind", kind).put("version", version);
    }
}
