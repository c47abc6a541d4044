package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.Consumers;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * /apps/oauth: the consumer key and secret of the client, and their rotation in two steps; since version 65 (help
 * xcloud.eca_stage_oauth_credentials). Not found in older versions; forbidden unless the org's setting allows it.
 */
final class RestCredentials implements RestResource {
    private static final int FIRST_VERSION = 65;
    private static final String ROOT = "/apps/oauth/credentials/";
    private static final Pattern CONSUMER = Pattern.compile("/apps/oauth/credentials/(\\w+)(?:/(\\w+))?");
    private static final Pattern STAGED = Pattern.compile("/apps/oauth/credentials/(\\w+)/(\\w+)/staged(?:/(\\w+))?");

    private final Org org;

    RestCredentials(Org org) {
        this.org = org;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        if (path.equals("/apps/oauth/usage") && method.equals("GET")) {
            return handler("oauthUsage", context -> usage());
        }
        Matcher staged = STAGED.matcher(path);
        if (staged.matches()) {
            return staged(method, staged);
        }
        Matcher consumer = CONSUMER.matcher(path);
        if (!consumer.matches() || !method.equals("GET")) {
            return Optional.empty();
        }
        return handler("oauthConsumers", context -> {
            requireKnown(consumer.group(1), consumer.group(2));
            return consumer.group(2) == null ? consumers(context) : consumer(context);
        });
    }

    private Optional<Handler> staged(String method, Matcher path) {
        String id = path.group(3);
        if (id == null) {
            return switch (method) {
                case "GET" -> handler("oauthStaged", context -> list(path, context));
                case "POST" ->
                    handler("oauthStage", context -> {
                        requireKnown(path.group(1), path.group(2));
                        org.consumers().stage();
                        return list(path, context);
                    });
                default -> Optional.empty();
            };
        }
        return switch (method) {
            case "PATCH" -> handler("oauthRotate", context -> rotate(path, context));
            case "DELETE" ->
                handler("oauthRevokeStaged", context -> {
                    requireKnown(path.group(1), path.group(2));
                    if (!org.consumers().delete(id)) {
                        throw notFound();
                    }
                    return new CallGate.Done(Reply.empty(204), CallOutcome.read(1));
                });
            default -> Optional.empty();
        };
    }

    private CallGate.Done rotate(Matcher path, Context context) {
        requireKnown(path.group(1), path.group(2));
        String command = Json.parse(context.request().text()).path("command").asText("");
        if (!command.equals("rotate")) {
            throw new ApiRefusal(ErrorCode.INVALID_FIELD, "Unknown command: " + command);
        }
        Consumers.Staged rotated = org.consumers().rotate(path.group(3)).orElseThrow(RestCredentials::notFound);
        return done(staged(rotated, context));
    }

    private CallGate.Done usage() {
        ObjectNode body = Json.object();
        body.putArray("apps").addObject().put("id", appId()).put("name", "Salesforce Sync");
        return done(body);
    }

    private CallGate.Done consumers(Context context) {
        ObjectNode body = Json.object();
        body.putArray("consumers").add(head(context));
        return done(body.put("currentPageUrl", data(context) + ROOT + appId()).putNull("nextPageUrl"));
    }

    private CallGate.Done consumer(Context context) {
        ObjectNode body = head(context);
        boolean secret = context.request()
                .parameter("part")
                .filter("keyandsecret"::equalsIgnoreCase)
                .isPresent();
        return done(secret ? body.put("secret", org.consumers().current().secret()) : body);
    }

    private ObjectNode head(Context context) {
        String url = data(context) + ROOT + appId() + "/" + consumerId();
        return Json.object()
                .put("id", consumerId())
                .put("key", org.consumers().current().key())
                .put("name", "Salesforce Sync")
                .put("url", url)
                .put("stagedCredentialsUrl", url + "/staged");
    }

    private CallGate.Done list(Matcher path, Context context) {
        requireKnown(path.group(1), path.group(2));
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("stagedCredentials");
        org.consumers().staged().forEach(one -> list.add(staged(one, context)));
        return done(body.put("url", data(context) + ROOT + appId() + "/" + consumerId() + "/staged"));
    }

    private ObjectNode staged(Consumers.Staged one, Context context) {
        ObjectNode node = Json.object()
                .put("id", one.id())
                .put("key", one.pair().key())
                .put("secret", one.pair().secret())
                .put("state", one.state().text())
                .put("url", data(context) + ROOT + appId() + "/" + consumerId() + "/staged/" + one.id());
        Json.put(node, "createdDate", one.created());
        Json.put(node, "expirationDate", one.expires());
        return node;
    }

    /** The handler, behind the version and the org's setting. */
    private Optional<Handler> handler(String operation, Work work) {
        return RestResource.handler(operation, "", 0, context -> {
            if (Integer.parseInt(context.version().substring(1, 3)) < FIRST_VERSION) {
                throw notFound();
            }
            if (!org.settings().signIn().consumerSecretsByApi()) {
                throw new ApiRefusal(ErrorCode.INSUFFICIENT_ACCESS, "You do not have permission to view this record.");
            }
            return work.run(context);
        });
    }

    /** The text of an absent consumer is that of an absent app. */
    private void requireKnown(String app, @Nullable String consumer) {
        if (!app.equals(appId()) || (consumer != null && !consumer.equals(consumerId()))) {
            throw notFound();
        }
    }

    private String appId() {
        return "0xI" + org.settings().id().substring(3, 15);
    }

    private String consumerId() {
        return "888" + org.settings().id().substring(3, 15);
    }

    private static String data(Context context) {
        return "/services/data/" + context.version();
    }

    private static ApiRefusal notFound() {
        return new ApiRefusal(ErrorCode.NOT_FOUND, "The requested resource does not exist");
    }

    private static CallGate.Done done(ObjectNode body) {
        return new CallGate.Done(Reply.json(200, body.toString()), CallOutcome.read(1));
    }
}
