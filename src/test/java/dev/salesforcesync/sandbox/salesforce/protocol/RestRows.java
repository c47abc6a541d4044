package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowError;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Single records: /sobjects/{type}, /sobjects/{type}/{id}, /sobjects/{type}/{externalIdField}/{value}. */
final class RestRows implements RestResource {
    private static final Pattern TYPE = Pattern.compile("/sobjects/(\\w+)");
    private static final Pattern RECORD = Pattern.compile("/sobjects/(\\w+)/(\\w{15}|\\w{18})");
    private static final Pattern EXTERNAL = Pattern.compile("/sobjects/(\\w+)/(\\w+)/([^/]+)");

    private final Org org;

    RestRows(Org org) {
        this.org = org;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        Matcher type = TYPE.matcher(path);
        if (type.matches() && method.equals("POST")) {
            return RestResource.handler("create", type.group(1), 1, context -> create(type.group(1), context));
        }
        Matcher row = RECORD.matcher(path);
        if (row.matches()) {
            return switch (method) {
                case "GET" ->
                    RestResource.handler(
                            "retrieve", row.group(1), 0, context -> get(row.group(1), row.group(2), context));
                case "PATCH" ->
                    RestResource.handler(
                            "update", row.group(1), 1, context -> update(row.group(1), row.group(2), context));
                case "DELETE" ->
                    RestResource.handler(
                            "delete", row.group(1), 1, context -> delete(row.group(1), row.group(2), context));
                default -> Optional.empty();
            };
        }
        Matcher external = EXTERNAL.matcher(path);
        if (external.matches() && method.equals("PATCH")) {
            return RestResource.handler("upsert", external.group(1), 1, context -> upsert(external, context));
        }
        if (external.matches() && method.equals("GET")) {
            return RestResource.handler("retrieve", external.group(1), 0, context -> byExternalId(external, context));
        }
        return Optional.empty();
    }

    private CallGate.Done create(String type, Context context) {
        return written(context, Kind.CREATE, "Id", input(type, Optional.empty(), context), 201);
    }

    private CallGate.Done update(String type, String id, Context context) {
        return written(context, Kind.UPDATE, "Id", input(type, Optional.of(id), context), 204);
    }

    private CallGate.Done delete(String type, String id, Context context) {
        boolean deletable = org.schema()
                .find(type)
                .filter(known -> known.supports(ObjectType.Call.DELETE))
                .isPresent();
        if (!deletable) {
            throw new ApiRefusal(
                    ErrorCode.METHOD_NOT_ALLOWED, "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,PATCH,POST");
        }
        return written(context, Kind.DELETE, "Id", new InputRow(type, Optional.of(id), Map.of()), 204);
    }

    private CallGate.Done upsert(Matcher path, Context context) {
        String field = path.group(2);
        InputRow sent = input(path.group(1), Optional.empty(), context);
        if (sent.fields().keySet().stream().anyMatch(field::equalsIgnoreCase)) {
            throw new ApiRefusal(
                    ErrorCode.INVALID_FIELD, "The " + field + " field should not be specified in the sobject data.");
        }
        var fields = new LinkedHashMap<String, @Nullable Object>(sent.fields());
        fields.put(field, path.group(3));
        return written(context, Kind.UPSERT, field, new InputRow(sent.type(), Optional.empty(), fields), 200);
    }

    private CallGate.Done written(Context context, Kind kind, String key, InputRow row, int success) {
        requireType(row.type());
        List<RowResult> results = org.write(
                context.session().userId(),
                new WriteRequest(kind, key, List.of(row), false, false, context.disturbance()));
        RowResult result = results.get(0);
        CallOutcome outcome = CallOutcome.written(results);
        if (!result.success()) {
            RowError error = result.errors().get(0);
            boolean gone = error.code().equals(ErrorCode.INVALID_CROSS_REFERENCE_KEY.name())
                    && error.fields().isEmpty()
                    && kind != Kind.CREATE;
            return new CallGate.Done(gone ? missing() : refused(error), outcome);
        }
        if (success == 204) {
            return new CallGate.Done(Reply.empty(204), outcome);
        }
        ObjectNode body = Json.object().put("id", result.id().orElse("")).put("success", true);
        body.putArray("errors");
        if (kind == Kind.UPSERT) {
            body.put("created", result.created());
        }
        return new CallGate.Done(
                Reply.json(kind == Kind.UPSERT && result.created() ? 201 : success, body.toString()), outcome);
    }

    private CallGate.Done get(String type, String id, Context context) {
        requireType(type);
        return shown(org.record(type, id), context);
    }

    private CallGate.Done byExternalId(Matcher path, Context context) {
        ObjectType type = requireType(path.group(1));
        if (type.field(path.group(2)).isEmpty()) {
            throw notFound("Provided external ID field does not exist or is not accessible: " + path.group(2));
        }
        return shown(
                org.recordsBy(path.group(1), path.group(2), path.group(3)).stream()
                        .findFirst(),
                context);
    }

    private static CallGate.Done shown(Optional<Row> found, Context context) {
        Row row = found.orElseThrow(() -> notFound("The requested resource does not exist"));
        List<String> wanted = context.request()
                .parameter("fields")
                .map(list -> List.of(list.split(",", -1)))
                .orElse(List.of());
        ObjectNode body = Json.object();
        body.putObject("attributes")
                .put("type", row.type().name())
                .put(
                        "url",
                        "/services/data/" + context.version() + "/sobjects/"
                                + row.type().name() + "/" + row.id());
        row.type().fields().stream()
                .filter(field -> wanted.isEmpty() || field.name().equals("Id") || wanted.contains(field.name()))
                .forEach(field -> Json.put(body, field.name(), row.value(field.name())));
        return new CallGate.Done(Reply.json(200, body.toString()), CallOutcome.read(1));
    }

    private ObjectType requireType(String type) {
        return org.schema().find(type).orElseThrow(() -> notFound("The requested resource does not exist"));
    }

    private static InputRow input(String type, Optional<String> id, Context context) {
        Map<String, @Nullable Object> fields =
                Json.fields(Json.parse(context.request().text()));
        if (id.isPresent() && fields.containsKey("Id")) {
            throw new ApiRefusal(ErrorCode.INVALID_FIELD, "The Id field should not be specified in the sobject data.");
        }
        return new InputRow(type, id, fields);
    }

    private static Reply missing() {
        ObjectNode error = Json.object()
                .put("errorCode", ErrorCode.NOT_FOUND.name())
                .put("message", "Provided external ID field does not exist or is not accessible: Id");
        return Reply.json(404, Json.array().add(error).toString());
    }

    private static Reply refused(RowError error) {
        ObjectNode node = Json.object().put("message", error.message()).put("errorCode", error.code());
        ArrayNode fields = node.putArray("fields");
        error.fields().forEach(fields::add);
        boolean forbidden = error.code().startsWith("INSUFFICIENT_ACCESS");
        return Reply.json(forbidden ? 403 : 400, Json.array().add(node).toString());
    }

    private static ApiRefusal notFound(String text) {
        return new ApiRefusal(ErrorCode.NOT_FOUND, text);
    }
}
