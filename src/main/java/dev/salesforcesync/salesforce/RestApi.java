package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceErrors.RestError;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads by Salesforce's REST API. A session that has expired is renewed once; nothing else is tried again. */
final class RestApi {
    private static final String PAGE_SIZE = "batchSize=2000";

    private final SessionKeeper sessions;
    private final ApiGate gate;
    private final String root;
    private final ApiBudget.Purpose purpose;

    RestApi(SessionKeeper sessions, ApiGate gate, String apiVersion) {
        this(sessions, gate, "/services/data/v" + apiVersion, ApiBudget.Purpose.WORK);
    }

    private RestApi(SessionKeeper sessions, ApiGate gate, String root, ApiBudget.Purpose purpose) {
        this.sessions = sessions;
        this.gate = gate;
        this.root = root;
        this.purpose = purpose;
    }

    /** The same reads, as urgent ones. */
    RestApi urgent() {
        return new RestApi(sessions, gate, root, ApiBudget.Purpose.URGENT);
    }

    /** The answer's body. */
    Result<byte[]> get(String operation, String pathBelowVersion) {
        return getPath(operation, root + pathBelowVersion);
    }

    /** Who we are, where the sign-in did not tell (OpenID Connect UserInfo). */
    Result<byte[]> userInfo() {
        return getPath("userinfo", "/services/oauth2/userinfo");
    }

    /** Runs a query and hands each page's rows on as they come. */
    Result<Long> query(String soql, RowSink sink) {
        String path = root + "/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8);
        String operation = "query";
        long rows = 0;
        while (true) {
            Result<byte[]> body = getPath(operation, path);
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
            path = page.next().get();
            operation = "queryMore";
        }
    }

    private Result<byte[]> getPath(String operation, String path) {
        Result<Session> session = sessions.current();
        for (int attempt = 0; ; attempt++) {
            if (session instanceof Result.Failed<Session> failed) {
                return Result.failed(failed.failure());
            }
            Session open = ((Result.Ok<Session>) session).value();
            Delivery delivery = gate.send(call(operation, open, path), purpose);
            if (delivery instanceof Delivery.Lost lost) {
                return Result.failed(lost.failure());
            }
            if (delivery instanceof Delivery.Undelivered undelivered) {
                return Result.failed(undelivered.failure());
            }
            Delivery.Answered answered = (Delivery.Answered) delivery;
            if (answered.ok()) {
                return Result.ok(answered.body());
            }
            RestError error = SalesforceErrors.rest(answered.body());
            boolean over = SalesforceErrors.sessionOver(error.code(), error.text())
                    || (answered.status() == 401 && error.code().isEmpty());
            if (!over || attempt > 0) {
                return Result.failed(SalesforceErrors.restFailure(answered.status(), error));
            }
            session = sessions.renewed(open);
        }
    }

    private static HttpCall call(String operation, Session session, String path) {
        return new HttpCall(
                operation,
                URI.create(session.instance() + path),
                Map.of(
                        "Authorization",
                        "Bearer " + session.token(),
                        "Accept",
                        "application/json",
                        "Accept-Encoding",
                        "gzip",
                        "Sforce-Query-Options",
                        PAGE_SIZE,
                        "Sforce-Call-Options",
                        "client=" + SalesforceGateway.CLIENT),
                Optional.empty());
    }
}
