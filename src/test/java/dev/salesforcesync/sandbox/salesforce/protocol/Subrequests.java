package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the requests inside a composite or a batch, with the session of the whole. */
final class Subrequests {
    private static final Pattern URL = Pattern.compile("(?:/?services/data/)?/?(v\\d{2}\\.0)(/[^?]*)?(?:\\?(.*))?");

    private final List<RestResource> resources;
    private final CallGate.Refusals refusals;

    Subrequests(List<RestResource> resources, CallGate.Refusals refusals) {
        this.resources = List.copyOf(resources);
        this.refusals = refusals;
    }

    /** One request as the client wrote it; the body is JSON, or empty. */
    record Part(String method, String url, String body, String referenceId) {
        boolean isQueryOrCollection() {
            return url.contains("/query") || url.contains("/composite/sobjects");
        }
    }

    /** Adds up what the requests came to. */
    static final class Tally {
        private final List<String> ids = new ArrayList<>();
        private final Map<String, Integer> errors = new TreeMap<>();
        private int rows;

        void add(CallOutcome outcome) {
            ids.addAll(outcome.ids());
            rows += outcome.okRows();
            outcome.errors().forEach((code, times) -> errors.merge(code, times, Integer::sum));
            if (!outcome.name().equals(Journal.OK)) {
                errors.merge(outcome.name(), 1, Integer::sum);
            }
        }

        CallOutcome outcome() {
            return new CallOutcome(Journal.OK, rows, ids, errors);
        }
    }

    static List<Part> parts(ArrayNode list, String body) {
        var parts = new ArrayList<Part>();
        for (JsonNode node : list) {
            String method = node.path("method").asText("").toUpperCase(Locale.ROOT);
            JsonNode content = node.path(body);
            parts.add(new Part(
                    method,
                    node.path("url").asText(""),
                    content.isMissingNode() || content.isNull() ? "" : content.toString(),
                    node.path("referenceId").asText("")));
        }
        return parts;
    }

    /** The whole for the journal: how many of each operation, the rows of all. */
    Call call(String name, List<Part> parts) {
        var facts = new TreeMap<String, String>();
        int rows = 0;
        boolean write = false;
        String type = "";
        for (Part part : parts) {
            Request request = request(part);
            Optional<Call> call = handler(part).flatMap(handler -> {
                try {
                    return Optional.of(handler.call(request));
                } catch (ApiRefusal e) {
                    return Optional.empty();
                }
            });
            if (call.isPresent()) {
                rows += call.get().rows();
                write |= call.get().write();
                type = type.isEmpty() ? call.get().objectType() : type;
                facts.merge(
                        name + "." + call.get().operation(), "1", (a, b) -> String.valueOf(Integer.parseInt(a) + 1));
            }
        }
        return new Call("REST", name, type, rows, write, facts);
    }

    /** Runs the request at this place of the whole; a fault of row N meets request N. */
    CallGate.Done run(RestResource.Context whole, Part part, int at) {
        try {
            RestResource.Handler handler = handler(part)
                    .orElseThrow(() -> new ApiRefusal(ErrorCode.NOT_FOUND, "The requested resource does not exist"));
            Matcher url = URL.matcher(part.url());
            String version = url.matches() ? url.group(1) : whole.version();
            return handler.run(new RestResource.Context(
                    request(part),
                    version,
                    whole.session(),
                    (row, id) -> whole.disturbance().of(at, id)));
        } catch (ApiRefusal e) {
            return refused(e);
        } catch (SoqlException e) {
            return new CallGate.Done(refusals.refused(e), CallOutcome.refused(e.code()));
        }
    }

    CallGate.Done refused(ApiRefusal refusal) {
        return new CallGate.Done(
                refusals.refused(refusal), CallOutcome.refused(refusal.code().name()));
    }

    CallGate.Done refused(int status, ApiRefusal refusal) {
        Reply reply = refusals.refused(refusal);
        return new CallGate.Done(
                new Reply(status, reply.contentType(), reply.headers(), reply.body(), reply.delivery()),
                CallOutcome.refused(refusal.code().name()));
    }

    /** Composites inside composites are not found: they are not among the resources. */
    private Optional<RestResource.Handler> handler(Part part) {
        Matcher url = URL.matcher(part.url());
        if (!url.matches()) {
            return Optional.empty();
        }
        String path = url.group(2) == null ? "" : URLDecoder.decode(url.group(2), StandardCharsets.UTF_8);
        return resources.stream()
                .flatMap(resource -> resource.find(part.method(), path.replaceAll("/$", "")).stream())
                .findFirst();
    }

    private static Request request(Part part) {
        Matcher url = URL.matcher(part.url());
        boolean has = url.matches() && url.group(3) != null;
        return new Request(
                part.method(),
                part.url(),
                has ? Request.form(url.group(3)) : Map.of(),
                Map.of(),
                part.body().getBytes(StandardCharsets.UTF_8));
    }
}
