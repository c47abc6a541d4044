package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version's root, /limits, /sobjects and describes. */
final class RestReads implements RestResource {
    private static final Pattern DESCRIBE = Pattern.compile("/sobjects/(\\w+)(/describe)?");

    private final Org org;

    RestReads(Org org) {
        this.org = org;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Optional.empty();
        }
        return switch (path) {
            case "" -> RestResource.handler("resources", "", 0, RestReads::root);
            case "/limits" -> RestResource.handler("limits", "", 0, context -> limits());
            case "/sobjects" -> RestResource.handler("describeGlobal", "", 0, this::global);
            default -> {
                Matcher describe = DESCRIBE.matcher(path);
                yield describe.matches()
                        ? RestResource.handler(
                                "describe",
                                describe.group(1),
                                0,
                                context -> describe(describe.group(1), describe.group(2) != null, context))
                        : Optional.empty();
            }
        };
    }

    private static CallGate.Done root(Context context) {
        String base = "/services/data/" + context.version();
        ObjectNode body = Json.object()
                .put("sobjects", base + "/sobjects")
                .put("query", base + "/query")
                .put("queryAll", base + "/queryAll")
                .put("composite", base + "/composite")
                .put("limits", base + "/limits");
        return done(body);
    }

    private CallGate.Done limits() {
        ObjectNode body = Json.object();
        int left = Math.max(0, org.usage().limit() - org.usage().used());
        body.putObject("DailyApiRequests").put("Max", org.usage().limit()).put("Remaining", left);
        return done(body);
    }

    private CallGate.Done global(Context context) {
        ObjectNode body = Json.object().put("encoding", "UTF-8").put("maxBatchSize", 200);
        ArrayNode types = body.putArray("sobjects");
        org.schema().types().forEach(type -> types.add(RestDescribe.summary(type, context.version())));
        return done(body);
    }

    private CallGate.Done describe(String name, boolean whole, Context context) {
        ObjectType type = org.schema()
                .find(name)
                .orElseThrow(() -> new ApiRefusal(ErrorCode.NOT_FOUND, "The requested resource does not exist"));
        if (whole) {
            return done(RestDescribe.whole(org.schema(), type, context.version()));
        }
        ObjectNode body = Json.object();
        body.set("objectDescribe", RestDescribe.summary(type, context.version()));
        body.putArray("recentItems");
        return done(body);
    }

    private static CallGate.Done done(ObjectNode body) {
        return new CallGate.Done(Reply.json(200, body.toString()), CallOutcome.read(1));
    }
}
