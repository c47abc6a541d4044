package dev.salesforcesync.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salesforcesync.api.v1alpha1.LicenseSchedule;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.schema.ResourceSchema;
import dev.salesforcesync.schema.SchemaError;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources of some documents as an API server would store them, with what it would refuse. Documents of kinds that
 * the operator does not know are left out.
 */
final class Resources {
    private static final String NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private static final int LONGEST_NAME = 253;

    private final Map<String, ResourceSchema> schemas = KindSchemas.load();
    private final String namespace;
    private final List<Placed<SalesforceConnection>> connections = new ArrayList<>();
    private final List<Placed<SyncPolicy>> policies = new ArrayList<>();
    private final List<Placed<LicenseSchedule>> schedules = new ArrayList<>();
    private final List<Placed<Secret>> secrets = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Document> seen = new HashMap<>();
    private int ours;

    private Resources(String namespace) {
        this.namespace = namespace;
    }

    /** A resource and the document that it is from. */
    record Placed<R extends HasMetadata>(Document document, R resource) {
        String name() {
            return resource.getMetadata().getName();
        }

        String namespace() {
            return resource.getMetadata().getNamespace();
        }
    }

    /**
     * Takes the documents in their order.
     *
     * @param namespace of resources that name none
     */
    static Resources of(List<Document> documents, String namespace) {
        Resources resources = new Resources(namespace);
        documents.forEach(resources::take);
        return resources;
    }

    List<Placed<SalesforceConnection>> connections() {
        return List.copyOf(connections);
    }

    List<Placed<SyncPolicy>> policies() {
        return List.copyOf(policies);
    }

    List<Placed<LicenseSchedule>> schedules() {
        return List.copyOf(schedules);
    }

    /** The Secrets of one namespace. */
    List<Secret> secrets(String of) {
        return secrets.stream()
                .filter(secret -> secret.namespace().equals(of))
                .map(Placed::resource)
                .toList();
    }

    Optional<Placed<SalesforceConnection>> connection(String of, String name) {
        return connections.stream()
                .filter(connection ->
                        connection.namespace().equals(of) && connection.name().equals(name))
                .findFirst();
    }

    /** What an API server would refuse. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** How many documents are of kinds of ours, right or wrong. */
    int ours() {
        return ours;
    }

    private void take(Document document) {
        if (document.isSecret()) {
            takeSecret(document);
        } else if (document.isOurs()) {
            ours++;
            takeOurs(document);
        }
    }

    private void takeOurs(Document document) {
        ResourceSchema schema = schemas.get(document.kind());
        if (schema == null) {
            findings.add(document.finding("kind", "must be one of " + String.join(", ", schemas.keySet())));
            return;
        }
        if (!document.apiVersion().equals(Document.VERSION)) {
            findings.add(document.finding("apiVersion", "must be " + Document.VERSION));
            return;
        }
        boolean named = isNamedWell(document);
        ResourceSchema.Pruned pruned = schema.prune(document.tree());
        pruned.unknownFields()
                .forEach(field -> findings.add(
                        document.finding(field, "unknown field; correct its name or place, or remove it")));
        List<SchemaError> errors = schema.validate(pruned.resource());
        errors.forEach(error -> findings.add(document.finding(error.field(), error.message())));
        if (named && errors.isEmpty()) {
            read(document, schema.withDefaults(pruned.resource()));
        }
    }

    private boolean isNamedWell(Document document) {
        JsonNode metadata = document.tree().path("metadata");
        boolean well = isName(document, "metadata.name", metadata.path("name"));
        return well
                && (!metadata.has("namespace") || isName(document, "metadata.namespace", metadata.path("namespace")));
    }

    private boolean isName(Document document, String field, JsonNode name) {
        if (name.isTextual()
                && name.textValue().matches(NAME)
                && name.textValue().length() <= LONGEST_NAME) {
            return true;
        }
        findings.add(
                document.finding(field, "must be a name of lower-case letters, digits, '-' and '.', such as people"));
        return false;
    }

    private void read(Document document, JsonNode complete) {
        try {
            switch (document.kind()) {
                case "SalesforceConnection" -> keep(document, complete, SalesforceConnection.class, connections);
                case "SyncPolicy" -> keep(document, complete, SyncPolicy.class, policies);
                default -> keep(document, complete, LicenseSchedule.class, schedules);
            }
        } catch (IllegalArgumentException e) {
            findings.add(document.finding("metadata", "can't be read; keep to what Kubernetes knows of metadata"));
        }
    }

    private <R extends HasMetadata> void keep(
            Document document, JsonNode complete, Class<R> type, List<Placed<R>> among) {
        R resource = Serialization.unmarshal(complete.toString(), type);
        ObjectMeta metadata = resource.getMetadata();
        metadata.setGeneration(1L);
        if (metadata.getNamespace() == null) {
            metadata.setNamespace(namespace);
        }
        Document twin =
                seen.putIfAbsent(document.kind() + "/" + metadata.getNamespace() + "/" + metadata.getName(), document);
        if (twin != null) {
            findings.add(document.finding("metadata.name", "is taken by " + twin.place() + "; rename or remove one"));
        } else {
            among.add(new Placed<>(document, resource));
        }
    }

    /** Never with the values, and never with the words of a reader that quotes them. */
    private void takeSecret(Document document) {
        Map<String, String> data = new HashMap<>();
        List<Finding> wrong = new ArrayList<>();
        JsonNode metadata = document.tree().path("metadata");
        if (!metadata.path("name").isTextual()) {
            wrong.add(document.finding("metadata.name", "Required value"));
        }
        values(document, "data", wrong).forEach((key, value) -> {
            if (isBase64(value)) {
                data.put(key, value);
            } else {
                wrong.add(document.finding("data." + key, "must be Base64; texts belong into stringData"));
            }
        });
        values(document, "stringData", wrong)
                .forEach((key, text) ->
                        data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        findings.addAll(wrong);
        if (wrong.isEmpty()) {
            secrets.add(new Placed<>(
                    document,
                    new SecretBuilder()
                            .withNewMetadata()
                            .withName(document.name())
                            .withNamespace(metadata.path("namespace").asText(namespace))
                            .endMetadata()
                            .withData(data)
                            .build()));
        }
    }

    private static Map<String, String> values(Document document, String field, List<Finding> wrong) {
        JsonNode given = document.tree().path(field);
        Map<String, String> values = new HashMap<>();
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            wrong.add(document.finding(field, "must be a map of texts"));
        }
        given.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                values.put(entry.getKey(), entry.getValue().textValue());
            } else {
                wrong.add(document.finding(field + "." + entry.getKey(), "must be a text; put it into quotes"));
            }
        });
        return values;
    }

    private static boolean isBase64(String value) {
        try {
            Base64.getDecoder().decode(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
