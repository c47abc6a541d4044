package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds served at the moment: the built-in ones the operator needs, and those of the definitions stored. */
final class Kinds {

    static final ServedKind NAMESPACE = ServedKind.builtIn(
            "",
            "v1",
            "Namespace",
            "namespaces",
            false,
            List.of("ns"),
            List.of(Column.NAME, Column.text("Status", 0, o -> Json.text(o, "status", "phase")), Column.AGE));
    static final ServedKind SECRET = ServedKind.builtIn(
            "",
            "v1",
            "Secret",
            "secrets",
            true,
            List.of(),
            List.of(Column.NAME, Column.text("Type", 0, o -> Json.text(o, "type")), dataCount(), Column.AGE));
    static final ServedKind CONFIG_MAP = ServedKind.builtIn(
            "", "v1", "ConfigMap", "configmaps", true, List.of("cm"), List.of(Column.NAME, dataCount(), Column.AGE));
    static final ServedKind SERVICE_ACCOUNT = ServedKind.builtIn(
            "", "v1", "ServiceAccount", "serviceaccounts", true, List.of("sa"), List.of(Column.NAME, Column.AGE));
    static final ServedKind EVENT =
            ServedKind.builtIn("", "v1", "Event", "events", true, List.of("ev"), eventColumns());
    static final ServedKind LEASE = ServedKind.builtIn(
            "coordination.k8s.io",
            "v1",
            "Lease",
            "leases",
            true,
            List.of(),
            List.of(Column.NAME, Column.text("Holder", 0, o -> Json.text(o, "spec", "holderIdentity")), Column.AGE));
    static final ServedKind DEFINITION = ServedKind.builtIn(
            "apiextensions.k8s.io",
            "v1",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            false,
            List.of("crd", "crds"),
            List.of(Column.NAME, Column.text("Created At", 0, o -> Json.text(o, "metadata", "creationTimestamp"))));

    private static final List<ServedKind> BUILT_IN =
            List.of(NAMESPACE, SECRET, CONFIG_MAP, SERVICE_ACCOUNT, EVENT, LEASE, DEFINITION);

    private volatile List<ServedKind> all = BUILT_IN;

    /** Serves what these definitions ask for, and nothing of definitions that are gone. */
    void serve(Collection<? extends JsonNode> definitions) {
        List<ServedKind> next = new ArrayList<>(BUILT_IN);
        definitions.forEach(definition -> next.addAll(ServedKind.of(definition)));
        all = List.copyOf(next);
    }

    List<ServedKind> all() {
        return all;
    }

    Optional<ServedKind> find(ResourcePath path) {
        return all.stream()
                .filter(kind -> kind.group().equals(path.group())
                        && kind.version().equals(path.version())
                        && kind.plural().equals(path.plural()))
                .findFirst();
    }

    private static Column dataCount() {
        return Column.text(
                "Data",
                0,
                o -> Integer.toString(
                        o.path("data").size() + o.path("binaryData").size()));
    }

    private static List<Column> eventColumns() {
        return List.of(
                new Column(
                        "Last Seen",
                        "string",
                        "",
                        0,
                        (o, now) -> TextNode.valueOf(
                                Age.since(firstOf(o, "lastTimestamp", "eventTime", "firstTimestamp"), now))),
                Column.text("Type", 0, o -> Json.text(o, "type")),
                Column.text("Reason", 0, o -> Json.text(o, "reason")),
                Column.text(
                        "Object",
                        0,
                        o -> Json.text(o, "involvedObject", "kind").toLowerCase(Locale.ROOT) + "/"
                                + Json.text(o, "involvedObject", "name")),
                Column.text("Source", 1, o -> {
                    String component = Json.text(o, "source", "component");
                    return component.isEmpty() ? Json.text(o, "reportingComponent") : component;
                }),
                Column.text("Message", 0, o -> Json.text(o, "message").trim()),
                Column.text("Count", 1, o -> o.path("count").asText("1")),
                Column.text("Name", 1, o -> Json.text(o, "metadata", "name")));
    }

    private static String firstOf(JsonNode event, String... fields) {
        for (String field : fields) {
            String text = Json.text(event, field);
            if (!text.isEmpty() && !text.equals("null")) {
                return text;
            }
        }
        return Json.text(event, "metadata", "creationTimestamp");
    }
}
