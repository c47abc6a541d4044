package dev.salesforcesync.salesforce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;

/** An answer's body in memory, up to a bound: a broken or hostile server cannot fill the heap. */
final class BoundedBody implements BodySubscriber<byte[]> {
    /** A page of 2,000 users with every field stays far below. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final int maxBytes;
    private long seen;
    private Flow.Subscription upstream = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        bytes.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            seen += part.remaining();
        }
        if (seen > maxBytes) {
            upstream.cancel();
            bytes.onError(new IOException("the answer is longer than " + maxBytes + " bytes"));
            return;
        }
        bytes.onNext(parts);
    }

    @Override
    public void onError(Throwable broken) {
        bytes.onError(broken);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }

    /** Unzips within the same kind of bound. */
    static byte[] unzip(byte[] zipped, int maxBytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), 8192)) {
            byte[] plain = in.readNBytes(maxBytes);
            if (in.read() != -1) {
                throw new IOException("the answer is longer than " + maxBytes + " bytes");
            }
            return plain;
        }
    }
}
