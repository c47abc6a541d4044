package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one HTTP request and says what became of it. Never sends twice: the JDK's client repeats a POST only when no
 * connection came about, and the property that would change it (jdk.httpclient.enableAllMethodRetry) stays unset.
 */
final class Wire {
    private final Result<HttpClients> clients;
    private final Duration timeout;
    private final CallCount count;

    Wire(Result<HttpClients> clients, Duration timeout, CallCount count) {
        this.clients = clients;
        this.timeout = timeout;
        this.count = count;
    }

    Delivery send(HttpCall call) {
        return send(call, timeout);
    }

    Delivery send(HttpCall call, Duration limit) {
        if (clients instanceof Result.Failed<HttpClients> failed) {
            return new Delivery.Undelivered(failed.failure());
        }
        HttpClients ready = ((Result.Ok<HttpClients>) clients).value();
        long start = System.nanoTime();
        Delivery delivery = exchange(ready, call, limit);
        count.add(call.operation(), delivery, Duration.ofNanos(System.nanoTime() - start));
        return delivery;
    }

    private static Delivery exchange(HttpClients clients, HttpCall call, Duration limit) {
        SentMark body =
                new SentMark(call.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(limit);
        call.headers().forEach(request::setHeader);
        clients.proxyAuthorization().ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        request.method(call.body().isPresent() ? "POST" : "GET", body);
        CompletableFuture<HttpResponse<byte[]>> answer =
                clients.client().sendAsync(request.build(), head -> new BoundedBody(BoundedBody.MAX_BYTES));
        try {
            // The request's own timeout ends with the answer's head; this one bounds the body too.
            return read(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            answer.cancel(true);
            return failed(slow, call, body);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return failed(stopped, call, body);
        } catch (ExecutionException broken) {
            return failed(broken.getCause() == null ? broken : broken.getCause(), call, body);
        } catch (IOException unreadable) {
            return new Delivery.Lost(NetworkErrors.unreadable());
        }
    }

    private static Delivery read(HttpResponse<byte[]> answer) throws IOException {
        boolean zipped = answer.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        // A proxy's refusal of the tunnel comes without a body object at all.
        byte[] raw = Optional.ofNullable(answer.body()).orElseGet(() -> new byte[0]);
        byte[] body = zipped && raw.length > 0 ? BoundedBody.unzip(raw, 4 * BoundedBody.MAX_BYTES) : raw;
        return new Delivery.Answered(answer.statusCode(), answer.headers(), body);
    }

    private static Delivery failed(Throwable cause, HttpCall call, SentMark body) {
        boolean left = call.body().isEmpty() || body.handedOut();
        if (left && !NetworkErrors.beforeSending(cause)) {
            return new Delivery.Lost(NetworkErrors.of(cause));
        }
        return new Delivery.Undelivered(NetworkErrors.of(cause));
    }
}
