package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** /services/data: finds the resource, passes the gate, answers refusals in REST's form. */
final class RestEndpoint implements Endpoint, CallGate.Refusals {
    private static final int OLDEST = 31;
    private static final int NEWEST = 68;
    private static final String NO_RESOURCE = "The requested resource does not exist";
    private static final Pattern RESOURCE = Pattern.compile("/services/data/v(\\d{2})\\.0(/.*)?");

    private final Org org;
    private final CallGate gate;
    private final List<RestResource> resources;

    RestEndpoint(Org org, CallGate gate) {
        this.org = org;
        this.gate = gate;
        List<RestResource> single = List.of(
                new RestReads(org),
                new RestQueries(org),
                new RestPasswords(org),
                new RestRows(org),
                new RestCollections(org));
        var subrequests = new Subrequests(single, this);
        this.resources = Stream.concat(
                        single.stream(),
                        Stream.of(
                                new RestComposite(org, subrequests),
                                new RestBatch(org, subrequests),
                                new RestCredentials(org)))
                .toList();
    }

    @Override
    public Reply answer(Request request) {
        if (request.path().matches("/services/data/?")) {
            return versions();
        }
        Matcher matcher = RESOURCE.matcher(request.path());
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > NEWEST) {
            return limits(refused(notFound()));
        }
        if (Integer.parseInt(matcher.group(1)) < OLDEST) {
            // "410: GONE" for retired versions (REST API guide, API End-of-Life Policy); the text is inferred.
            return limits(refused(new ApiRefusal(ErrorCode.GONE, "The requested resource is no longer available")));
        }
        String path = matcher.group(2) == null ? "" : matcher.group(2).replaceAll("/$", "");
        String version = "v" + matcher.group(1) + ".0";
        for (RestResource resource : resources) {
            Optional<RestResource.Handler> handler = resource.find(request.method(), path);
            if (handler.isPresent()) {
                return limits(run(request, version, handler.get()));
            }
        }
        var call = new Call("REST", request.method().toLowerCase(Locale.ROOT), "", 0, false, Map.of());
        return limits(gate.pass(call, Bearer.key(request).orElse(""), this, (session, disturbance) -> {
            throw notFound();
        }));
    }

    private Reply run(Request request, String version, RestResource.Handler handler) {
        Call call;
        try {
            call = handler.call(request);
        } catch (ApiRefusal e) {
            call = new Call("REST", "unreadable", "", 0, false, Map.of());
            return gate.pass(call, Bearer.key(request).orElse(""), this, (session, disturbance) -> {
                throw e;
            });
        }
        return gate.pass(
                call,
                Bearer.key(request).orElse(""),
                this,
                (session, disturbance) ->
                        handler.run(new RestResource.Context(request, version, session, disturbance)));
    }

    private Reply versions() {
        ArrayNode versions = Json.array();
        for (int number = OLDEST; number <= NEWEST; number++) {
            versions.addObject()
                    .put("label", release(number))
                    .put("url", "/services/data/v" + number + ".0")
                    .put("version", number + ".0");
        }
        return Reply.json(200, versions.toString());
    }

    /** Version 20 was Winter '11; there are three releases a year. */
    private static String release(int version) {
        String season = List.of("Winter", "Spring", "Summer").get((version - 20) % 3);
        return season + " '" + (11 + (version - 20) / 3);
    }

    /** On every answer (REST API guide, Limit Info Header). */
    private Reply limits(Reply reply) {
        return reply.with(
                "Sforce-Limit-Info",
                "api-usage=" + org.usage().used() + "/" + org.usage().limit());
    }

    private static ApiRefusal notFound() {
        return new ApiRefusal(ErrorCode.NOT_FOUND, NO_RESOURCE);
    }

    @Override
    public ApiRefusal noSession(String key) {
        return new ApiRefusal(ErrorCode.INVALID_SESSION_ID, "Session expired or invalid");
    }

    @Override
    public Reply refused(ApiRefusal refusal) {
        return error(refusal.code().name(), refusal.text());
    }

    @Override
    public Reply refused(SoqlException refusal) {
        String message = refusal.getMessage();
        return error(refusal.code(), message == null ? "" : message);
    }

    private static Reply error(String code, String message) {
        ObjectNode error = Json.object();
        if (message.equals(NO_RESOURCE)) {
            // Recorded in this order by CumulusCI, unlike all others.
            error.put("errorCode", code).put("message", message);
        } else {
            error.put("message", message).put("errorCode", code);
        }
        return Reply.json(status(code), Json.array().add(error).toString());
    }

    private static int status(String code) {
        return switch (code) {
            case "INVALID_SESSION_ID" -> 401;
            case "REQUEST_LIMIT_EXCEEDED", "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY" -> 403;
            case "NOT_FOUND" -> 404;
            case "METHOD_NOT_ALLOWED" -> 405;
            case "GONE" -> 410;
            case "SERVER_UNAVAILABLE" -> 503;
            case "UNKNOWN_EXCEPTION" -> 500;
            default -> 400;
        };
    }
}
