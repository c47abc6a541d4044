package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.ResultPage;
import dev.salesforcesync.sandbox.salesforce.org.SavedRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** /query, /queryAll and the pages that follow. */
final class RestQueries implements RestResource {
    private static final Pattern MORE = Pattern.compile("/query(?:All)?/(01g[A-Za-z0-9]+-\\d+)");

    private final Org org;

    RestQueries(Org org) {
        this.org = org;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        if (!method.equals("GET")) {
            return Optional.empty();
        }
        if (path.equals("/query") || path.equals("/queryAll")) {
            return Optional.of(new First());
        }
        Matcher more = MORE.matcher(path);
        return more.matches()
                ? RestResource.handler(
                        "queryMore",
                        "",
                        0,
                        context -> page(
                                context,
                                org.queryMore(
                                        context.session().userId(),
                                        more.group(1),
                                        QueryOptions.batchSize(context.request()))))
                : Optional.empty();
    }

    private final class First implements Handler {
        @Override
        public Call call(Request request) {
            String soql = request.query().getOrDefault("q", "");
            return new Call(
                    "REST",
                    "query",
                    QueryOptions.objectOf(soql),
                    0,
                    false,
                    Map.of(),
                    List.of(),
                    QueryOptions.isLimited(soql));
        }

        @Override
        public CallGate.Done run(Context context) {
            String soql = context.request()
                    .parameter("q")
                    .orElseThrow(() -> new ApiRefusal(ErrorCode.MALFORMED_QUERY, "SOQL statements cannot be empty"));
            return page(
                    context, org.query(context.session().userId(), soql, QueryOptions.batchSize(context.request())));
        }
    }

    private static CallGate.Done page(Context context, ResultPage page) {
        ObjectNode body = Json.object()
                .put("totalSize", page.total())
                .put("done", page.locator().isEmpty());
        page.locator()
                .ifPresent(locator ->
                        body.put("nextRecordsUrl", "/services/data/" + context.version() + "/query/" + locator));
        ArrayNode records = body.putArray("records");
        page.records().forEach(saved -> records.add(record(saved, context.version())));
        return new CallGate.Done(
                Reply.json(200, body.toString()),
                CallOutcome.read(page.records().size()));
    }

    /** A record with its attributes, parents inside. */
    static ObjectNode record(SavedRecord saved, String version) {
        ObjectNode node = Json.object();
        node.putObject("attributes")
                .put("type", saved.type())
                .put("url", "/services/data/" + version + "/sobjects/" + saved.type() + "/" + saved.recordId());
        saved.values().forEach((name, value) -> {
            if (value instanceof SavedRecord parent) {
                node.set(name, record(parent, version));
            } else {
                Json.put(node, name, value);
            }
        });
        return node;
    }
}
