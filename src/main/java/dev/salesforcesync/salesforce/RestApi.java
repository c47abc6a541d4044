package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceErrors.RestError;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads by Salesforce's REST API, as lookups unless told otherwise. A session that has expired is renewed once; nothing else is tried again. */
final class RestApi {
    private static final String PAGE_SIZE = "batchSize=2000";

    private final SessionKeeper sessions;
    private final ApiGate gate;
    private final String root;
    private final Urgency urgency;

    RestApi(SessionKeeper sessions, ApiGate gate, String apiVersion) {
        this(sessions, gate, "/services/data/v" + apiVersion, Urgency.LOOKUP);
    }

    private RestApi(SessionKeeper sessions, ApiGate gate, String root, Urgency urgency) {
        this.sessions = sessions;
        this.gate = gate;
        this.root = root;
        this.urgency = urgency;
    }

    /** The same reads, as urgent as that. */
    RestApi as(Urgency other) {
        return new RestApi(sessions, gate, root, other);
    }

    /** The answer's body. */
    Result<byte[]> get(String operation, String pathBelowVersion) {
        return getPath(operation, root + pathBelowVersion);
    }

    /** Who we are, where the sign-in did not tell (OpenID Connect UserInfo). */
    Result<byte[]> userInfo() {
        return getPath("userinfo", "/services/oauth2/userinfo");
    }

    /**
     * The rows of each query, in order. Queries go together, as many in one call as Salesforce takes, and count as one
     * call against its limits (REST API Developer Guide, "Composite": up to five queries).
     */
    List<Result<List<Map<String, String>>>> queries(List<String> soql) {
        List<Result<List<Map<String, String>>>> results = new ArrayList<>();
        for (int from = 0; from < soql.size(); from += CompositeQueries.MAX) {
            List<String> paths = soql.subList(from, Math.min(soql.size(), from + CompositeQueries.MAX)).stream()
                    .map(this::queryPath)
                    .toList();
            Result<byte[]> body =
                    exchange("composite", root + "/composite", Optional.of(CompositeQueries.request(paths)));
            for (Result<byte[]> first : CompositeQueries.answers(body, paths.size())) {
                List<Map<String, String>> rows = new ArrayList<>();
                results.add(pages(first, rows::add).map(all -> rows));
            }
        }
        return results;
    }

    /** Runs a query and hands each page's rows on as they come. */
    Result<Long> query(String soql, RowSink sink) {
        return pages(getPath("query", queryPath(soql)), sink);
    }

    private String queryPath(String soql) {
        return root + "/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8);
    }

    private Result<Long> pages(Result<byte[]> first, RowSink sink) {
        Result<byte[]> body = first;
        long rows = 0;
        while (true) {
            if (body instanceof Result.Failed<byte[]> failed) {
                return Result.failed(failed.failure());
            }
            Result<QueryPage> read = QueryPage.read(((Result.Ok<byte[]>) body).value(), sink);
            if (read instanceof Result.Failed<QueryPage> failed) {
                return Result.failed(failed.failure());
            }
            QueryPage page = ((Result.Ok<QueryPage>) read).value();
            rows += page.rows();
            if (page.next().isEmpty()) {
                // An answer that ends early would make people look deleted.
                return page.done() && rows >= page.total()
                        ? Result.ok(rows)
                        : Result.failed(NetworkErrors.unreadable());
            }
            body = getPath("queryMore", page.next().get());
        }
    }

    private Result<byte[]> getPath(String operation, String path) {
        return exchange(operation, path, Optional.empty());
    }

    private Result<byte[]> exchange(String operation, String path, Optional<byte[]> sent) {
        Delivery delivery = deliver(operation, path, sent);
        if (delivery instanceof Delivery.Lost lost) {
            return Result.failed(lost.failure());
        }
        if (delivery instanceof Delivery.Undelivered undelivered) {
            return Result.failed(undelivered.failure());
        }
        Delivery.Answered answered = (Delivery.Answered) delivery;
        return answered.ok()
                ? Result.ok(answered.body())
                : Result.failed(
                        SalesforceErrors.restFailure(answered.status(), SalesforceErrors.rest(answered.body())));
    }

    /** Sends what changes something. The caller tells by the delivery whether that may have happened. */
    Delivery post(String operation, String pathBelowVersion, byte[] body) {
        return deliver(operation, path(pathBelowVersion), Optional.of(body));
    }

    /** The path as a part of a call names it. */
    String path(String pathBelowVersion) {
        return root + pathBelowVersion;
    }

    /** What is refused for a session that is over was not acted on, and goes out once more in a new one. */
    private Delivery deliver(String operation, String path, Optional<byte[]> sent) {
        Result<Session> session = sessions.current();
        for (int attempt = 0; ; attempt++) {
            if (session instanceof Result.Failed<Session> failed) {
                return new Delivery.Undelivered(failed.failure());
            }
            Session open = ((Result.Ok<Session>) session).value();
            Delivery delivery = gate.send(call(operation, open, path, sent), urgency);
            if (!(delivery instanceof Delivery.Answered answered) || answered.ok()) {
                return delivery;
            }
            RestError error = SalesforceErrors.rest(answered.body());
            boolean over = SalesforceErrors.sessionOver(error.code(), error.text())
                    || (answered.status() == 401 && error.code().isEmpty());
            if (!over || attempt > 0) {
                return delivery;
            }
            session = sessions.renewed(open);
        }
    }

    private static HttpCall call(String operation, Session session, String path, Optional<byte[]> body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + session.token());
        headers.put("Accept", "application/json");
        headers.put("Accept-Encoding", "gzip");
        headers.put("Sforce-Query-Options", PAGE_SIZE);
        headers.put("Sforce-Call-Options", "client=" + SalesforceGateway.CLIENT);
        if (body.isPresent()) {
            headers.put("Content-Type", "application/json; charset=UTF-8");
        }
        return new HttpCall(operation, URI.create(session.instance() + path), headers, body);
    }
}
