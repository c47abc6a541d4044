package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.RowConcerned;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** /composite/sobjects: up to 200 records in one call (REST API guide, resources_composite_sobjects_collections). */
final class RestCollections implements RestResource {
    private static final Pattern UPSERT = Pattern.compile("/composite/sobjects/(\\w+)/(\\w+)");

    private final Org org;

    RestCollections(Org org) {
        this.org = org;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        if (path.equals("/composite/sobjects")) {
            return switch (method) {
                case "POST" -> Optional.of(new Collection("create", Kind.CREATE, "Id"));
                case "PATCH" -> Optional.of(new Collection("update", Kind.UPDATE, "Id"));
                case "DELETE" -> Optional.of(new Collection("delete", Kind.DELETE, "Id"));
                default -> Optional.empty();
            };
        }
        Matcher upsert = UPSERT.matcher(path);
        return upsert.matches() && method.equals("PATCH")
                ? Optional.of(new Collection("upsert", Kind.UPSERT, upsert.group(2)))
                : Optional.empty();
    }

    private final class Collection implements Handler {
        private final String operation;
        private final Kind kind;
        private final String key;

        private Collection(String operation, Kind kind, String key) {
            this.operation = operation;
            this.kind = kind;
            this.key = key;
        }

        @Override
        public Call call(Request request) {
            List<InputRow> rows = rows(request);
            String type = rows.isEmpty() ? "" : rows.get(0).type();
            return new Call(
                    "REST",
                    operation,
                    type,
                    rows.size(),
                    true,
                    Map.of(),
                    rows.stream().map(RowConcerned::of).toList(),
                    false);
        }

        @Override
        public CallGate.Done run(Context context) {
            List<InputRow> rows = rows(context.request());
            boolean allOrNone = kind == Kind.DELETE
                    ? context.request()
                            .parameter("allOrNone")
                            .filter("true"::equals)
                            .isPresent()
                    : Json.parse(context.request().text()).path("allOrNone").asBoolean(false);
            List<RowResult> results = org.write(
                    context.session().userId(),
                    new WriteRequest(kind, key, rows, allOrNone, false, context.disturbance()));
            ArrayNode body = Json.array();
            results.forEach(result -> body.add(result(result)));
            return new CallGate.Done(Reply.json(200, body.toString()), CallOutcome.written(results));
        }

        private ObjectNode result(RowResult result) {
            ObjectNode node = Json.object();
            result.id().ifPresent(id -> node.put("id", id));
            node.put("success", result.success());
            ArrayNode errors = node.putArray("errors");
            result.errors().forEach(error -> {
                ArrayNode fields = errors.addObject()
                        .put("statusCode", error.code())
                        .put("message", error.message())
                        .putArray("fields");
                error.fields().forEach(fields::add);
            });
            if (kind == Kind.UPSERT && result.success()) {
                node.put("created", result.created());
            }
            return node;
        }

        private List<InputRow> rows(Request request) {
            return kind == Kind.DELETE ? deletions(request) : records(request);
        }

        private List<InputRow> deletions(Request request) {
            var rows = new ArrayList<InputRow>();
            for (String id : request.query().getOrDefault("ids", "").split(",", -1)) {
                rows.add(new InputRow(typeOf(id), Optional.of(id), Map.of()));
            }
            return rows;
        }

        private String typeOf(String id) {
            return org.schema().types().stream()
                    .filter(type -> id.startsWith(type.keyPrefix()))
                    .findFirst()
                    .orElseThrow(() -> new ApiRefusal(ErrorCode.MALFORMED_ID, "malformed id " + id))
                    .name();
        }

        private static List<InputRow> records(Request request) {
            JsonNode records = Json.parse(request.text()).path("records");
            if (!records.isArray()) {
                throw new ApiRefusal(ErrorCode.JSON_PARSER_ERROR, "The records collection is required.");
            }
            var rows = new ArrayList<InputRow>(records.size());
            for (JsonNode record : records) {
                if (!(record instanceof ObjectNode object)
                        || object.path("attributes").path("type").asText("").isEmpty()) {
                    throw new ApiRefusal(
                            ErrorCode.INVALID_TYPE, "Unable to find type attribute in a record of the collection");
                }
                var fields = new LinkedHashMap<String, @Nullable Object>(Json.fields(object));
                // Both spellings occur in the documentation's examples.
                Object id = Optional.ofNullable(fields.remove("Id")).orElse(fields.remove("id"));
                rows.add(new InputRow(
                        object.path("attributes").path("type").asText(),
                        id == null ? Optional.empty() : Optional.of(id.toString()),
                        fields));
            }
            return rows;
        }
    }
}
