package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.List;
import java.util.Optional;

/**
 * /composite/batch: up to 25 requests that know nothing of each other (REST API guide, resources_composite_batch).
 * "Each subrequest counts against rate limits."
 */
final class RestBatch implements RestResource {
    private static final int MAX = 25;
    private static final int HALTED = 412;

    private final Org org;
    private final Subrequests subrequests;

    RestBatch(Org org, Subrequests subrequests) {
        this.org = org;
        this.subrequests = subrequests;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        return path.equals("/composite/batch") && method.equals("POST") ? Optional.of(new Batch()) : Optional.empty();
    }

    private final class Batch implements Handler {
        @Override
        public Call call(Request request) {
            return subrequests.call("batch", parts(request));
        }

        @Override
        public CallGate.Done run(Context context) {
            List<Subrequests.Part> parts = parts(context.request());
            if (parts.size() > MAX) {
                throw new ApiRefusal(
                        ErrorCode.LIMIT_EXCEEDED, "The request can’t contain more than " + MAX + " operations.");
            }
            boolean halts =
                    Json.parse(context.request().text()).path("haltOnError").asBoolean(false);
            var tally = new Subrequests.Tally();
            ObjectNode answer = Json.object();
            ArrayNode results = Json.array();
            boolean failed = false;
            for (int at = 0; at < parts.size(); at++) {
                if (at > 0) {
                    // The gate has counted the first one.
                    org.usage().count();
                }
                CallGate.Done done = failed && halts
                        ? subrequests.refused(
                                HALTED,
                                new ApiRefusal(
                                        ErrorCode.BATCH_PROCESSING_HALTED,
                                        "Batch processing halted per request after an error in an earlier subrequest"))
                        : subrequests.run(context, parts.get(at), at);
                tally.add(done.outcome());
                failed |= done.reply().status() >= 400;
                results.addObject()
                        .put("statusCode", done.reply().status())
                        .set("result", Json.read(done.reply().body()));
            }
            answer.put("hasErrors", failed).set("results", results);
            return new CallGate.Done(Reply.json(200, answer.toString()), tally.outcome());
        }
    }

    private static List<Subrequests.Part> parts(Request request) {
        JsonNode list = Json.parse(request.text()).path("batchRequests");
        if (!list.isArray()) {
            throw new ApiRefusal(ErrorCode.JSON_PARSER_ERROR, "The batchRequests collection is required.");
        }
        return Subrequests.parts((ArrayNode) list, "richInput");
    }
}
