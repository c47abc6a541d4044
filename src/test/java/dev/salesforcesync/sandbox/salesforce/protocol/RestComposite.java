package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * /composite: up to 25 requests in one call, later ones with values of earlier ones (REST API guide,
 * resources_composite_composite). One call against the limit. With allOrNone the first request that fails takes
 * back all of them, and nothing after it is tried.
 */
final class RestComposite implements RestResource {
    private static final int MAX = 25;
    private static final int MAX_QUERIES_AND_COLLECTIONS = 5;

    private static final String ROLLED_BACK =
            "The transaction was rolled back since another operation in the same transaction failed.";

    private final Org org;
    private final Subrequests subrequests;

    RestComposite(Org org, Subrequests subrequests) {
        this.org = org;
        this.subrequests = subrequests;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        return path.equals("/composite") && method.equals("POST") ? Optional.of(new Composite()) : Optional.empty();
    }

    private final class Composite implements Handler {
        @Override
        public Call call(Request request) {
            return subrequests.call("composite", parts(request));
        }

        @Override
        public CallGate.Done run(Context context) {
            ObjectNode body = Json.parse(context.request().text());
            List<Subrequests.Part> parts = parts(context.request());
            Optional<ApiRefusal> limit = overLimit(parts);
            if (limit.isPresent()) {
                return refusedAsAWhole(limit.get());
            }
            requireReferenceIds(parts);
            List<CallGate.Done> done = new ArrayList<>();
            boolean allOrNone = body.path("allOrNone").asBoolean(false);
            boolean rolledBack = allOrNone && !org.together(() -> runAll(context, parts, done, true));
            if (!allOrNone) {
                runAll(context, parts, done, false);
            }
            var tally = new Subrequests.Tally();
            ObjectNode answer = Json.object();
            ArrayNode answers = answer.putArray("compositeResponse");
            for (int at = 0; at < parts.size(); at++) {
                CallGate.Done one = rolledBack ? afterRollback(done, at) : done.get(at);
                tally.add(one.outcome());
                ObjectNode node = answers.addObject();
                node.set("body", Json.read(one.reply().body()));
                node.putObject("httpHeaders");
                node.put("httpStatusCode", one.reply().status())
                        .put("referenceId", parts.get(at).referenceId());
            }
            return new CallGate.Done(Reply.json(200, answer.toString()), tally.outcome());
        }

        /** False when a request failed; {@code halting} leaves out those after it. */
        private boolean runAll(
                Context context, List<Subrequests.Part> parts, List<CallGate.Done> done, boolean halting) {
            var references = new References();
            boolean fine = true;
            for (int at = 0; at < parts.size() && (fine || !halting); at++) {
                CallGate.Done one = one(context, parts.get(at), references, at);
                done.add(one);
                fine &= !failed(one);
                if (one.reply().status() < 300) {
                    references.keep(
                            parts.get(at).referenceId(), Json.read(one.reply().body()));
                }
            }
            return fine;
        }

        /**
         * The request that failed keeps its answer, and so does a collection with a failed row, though its other
         * rows are gone too (REST API guide, "allOrNone Parameters in Composite and Collections Requests").
         */
        private CallGate.Done afterRollback(List<CallGate.Done> done, int at) {
            if (at < done.size() && failed(done.get(at))) {
                CallGate.Done one = done.get(at);
                return new CallGate.Done(
                        one.reply(),
                        new CallOutcome(
                                one.outcome().name(),
                                0,
                                List.of(),
                                one.outcome().errors()));
            }
            return subrequests.refused(new ApiRefusal(ErrorCode.PROCESSING_HALTED, ROLLED_BACK));
        }

        private static boolean failed(CallGate.Done done) {
            return done.reply().status() >= 300 || !done.outcome().errors().isEmpty();
        }

        private CallGate.Done one(Context context, Subrequests.Part part, References references, int at) {
            try {
                Subrequests.Part resolved = new Subrequests.Part(
                        part.method(),
                        references.resolve(part.url()),
                        references.resolve(part.body()),
                        part.referenceId());
                return subrequests.run(context, resolved, at);
            } catch (ApiRefusal e) {
                return subrequests.refused(e);
            }
        }
    }

    private static List<Subrequests.Part> parts(Request request) {
        JsonNode list = Json.parse(request.text()).path("compositeRequest");
        if (!list.isArray()) {
            throw new ApiRefusal(ErrorCode.JSON_PARSER_ERROR, "The compositeRequest collection is required.");
        }
        return Subrequests.parts((ArrayNode) list, "body");
    }

    private static Optional<ApiRefusal> overLimit(List<Subrequests.Part> parts) {
        if (parts.size() > MAX) {
            return Optional.of(new ApiRefusal(
                    ErrorCode.LIMIT_EXCEEDED, "The request can’t contain more than " + MAX + " operations."));
        }
        long heavy =
                parts.stream().filter(Subrequests.Part::isQueryOrCollection).count();
        return heavy > MAX_QUERIES_AND_COLLECTIONS
                ? Optional.of(new ApiRefusal(
                        ErrorCode.LIMIT_EXCEEDED,
                        "The request can’t contain more than " + MAX_QUERIES_AND_COLLECTIONS
                                + " query or sObject Collections operations."))
                : Optional.empty();
    }

    /** Status 200, one answer without a reference id: recorded in guardian/support-service-lambdas#766. */
    private static CallGate.Done refusedAsAWhole(ApiRefusal refusal) {
        ObjectNode answer = Json.object();
        ObjectNode node = answer.putArray("compositeResponse").addObject();
        node.putArray("body")
                .addObject()
                .put("errorCode", refusal.code().name())
                .put("message", refusal.text());
        node.putObject("httpHeaders");
        node.put("httpStatusCode", 400).putNull("referenceId");
        return new CallGate.Done(
                Reply.json(200, answer.toString()),
                CallOutcome.refused(refusal.code().name()));
    }

    /** "Reference IDs are case-sensitive", letters, digits and underscores, each one once; texts inferred. */
    private static void requireReferenceIds(List<Subrequests.Part> parts) {
        Set<String> seen = new HashSet<>();
        for (Subrequests.Part part : parts) {
            String id = part.referenceId();
            if (!id.matches("[A-Za-z]\\w*")) {
                throw new ApiRefusal(
                        ErrorCode.INVALID_FIELD,
                        id.isEmpty() ? "Required field is missing: referenceId" : "Invalid referenceId: " + id);
            }
            if (!seen.add(id)) {
                throw new ApiRefusal(ErrorCode.INVALID_FIELD, "Duplicate ReferenceId provided in the request: " + id);
            }
        }
    }
}
