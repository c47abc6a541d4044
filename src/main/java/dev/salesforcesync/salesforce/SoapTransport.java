package dev.salesforcesync.salesforce;

import com.sforce.ws.ConnectorConfig;
import com.sforce.ws.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Carries one SOAP message over java.net.http in place of WSC's own transport, which sends a POST a second time when
 * a kept-alive connection closes without an answer, follows redirects by GET, and hides the status.
 */
final class SoapTransport implements Transport {
    private final Function<HttpCall, Delivery> way;
    private final Supplier<String> operation;
    private final Consumer<Delivery> witness;
    private final ByteArrayOutputStream zipped = new ByteArrayOutputStream(32 * 1024);
    private String url = "";
    private boolean successful;

    /**
     * @param way takes the request out: the gate, or for signing in the wire itself
     * @param operation the name of the call that is going on
     * @param witness is told what became of the request, which WSC's exceptions do not say
     */
    SoapTransport(Function<HttpCall, Delivery> way, Supplier<String> operation, Consumer<Delivery> witness) {
        this.way = way;
        this.operation = operation;
        this.witness = witness;
    }

    @Override
    public void setConfig(ConnectorConfig config) {}

    @Override
    public OutputStream connect(String address, String soapAction) throws IOException {
        url = address;
        return new Zipper(zipped);
    }

    @Override
    @SuppressWarnings("NonApiType") // WSC's own signature
    public OutputStream connect(String address, HashMap<String, String> headers) throws IOException {
        return connect(address, "");
    }

    @Override
    @SuppressWarnings("NonApiType") // WSC's own signature
    public OutputStream connect(String address, HashMap<String, String> headers, boolean compress) throws IOException {
        return connect(address, "");
    }

    @Override
    public InputStream getContent() throws IOException {
        Delivery delivery = way.apply(new HttpCall(
                operation.get(),
                URI.create(url),
                Map.of(
                        "Content-Type", "text/xml; charset=UTF-8",
                        "Content-Encoding", "gzip",
                        "Accept", "text/xml",
                        "Accept-Encoding", "gzip",
                        "SOAPAction", "\"\"",
                        "User-Agent", SalesforceGateway.CLIENT),
                Optional.of(zipped.toByteArray())));
        witness.accept(delivery);
        if (delivery instanceof Delivery.Answered answered) {
            successful = answered.ok();
            return new ByteArrayInputStream(answered.body());
        }
        throw new IOException("no answer");
    }

    @Override
    public boolean isSuccessful() {
        return successful;
    }

    /** At the least effort: users look alike, and trying harder takes more time than it saves. */
    private static final class Zipper extends GZIPOutputStream {
        Zipper(OutputStream to) throws IOException {
            super(to, 8 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
