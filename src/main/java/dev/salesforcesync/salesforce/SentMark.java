package dev.salesforcesync.salesforce;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * A request body that remembers whether any of it was handed to the network. A request whose body was never asked for
 * cannot have been acted on.
 */
final class SentMark implements BodyPublisher {
    private final BodyPublisher body;
    private volatile boolean handedOut;

    SentMark(BodyPublisher body) {
        this.body = body;
    }

    boolean handedOut() {
        return handedOut;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> network) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                network.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                handedOut = true;
                network.onNext(part);
            }

            @Override
            public void onError(Throwable broken) {
                network.onError(broken);
            }

            @Override
            public void onComplete() {
                network.onComplete();
            }
        });
    }
}
