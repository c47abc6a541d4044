package dev.salesforcesync.directory;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1Sequence;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A Kerberos service on TCP that answers every question with one error (KRB-ERROR, RFC 4120 5.9.1). */
final class RefusingKdc implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger questions = new AtomicInteger();

    RefusingKdc(int error, String realm) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        byte[] answer = error(error, realm);
        Thread thread = new Thread(
                () -> {
                    while (!socket.isClosed()) {
                        try (Socket one = socket.accept()) {
                            DataInputStream in = new DataInputStream(one.getInputStream());
                            in.readNBytes(in.readInt());
                            questions.incrementAndGet();
                            DataOutputStream out = new DataOutputStream(one.getOutputStream());
                            out.writeInt(answer.length);
                            out.write(answer);
                        } catch (IOException e) {
                            continue;
                        }
                    }
                },
                "refusing-kdc");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "localhost:" + socket.getLocalPort();
    }

    int questions() {
        return questions.get();
    }

    private static byte[] error(int code, String realm) {
        ASN1Element krbtgt = new ASN1Sequence(general("krbtgt"), general(realm));
        ASN1Element name = new ASN1Sequence(tagged(0, new ASN1Integer(2)), tagged(1, krbtgt));
        byte[] time = "20260301100000Z".getBytes(StandardCharsets.US_ASCII);
        ASN1Sequence body = new ASN1Sequence(
                tagged(0, new ASN1Integer(5)),
                tagged(1, new ASN1Integer(30)),
                tagged(4, new ASN1Element((byte) 0x18, time)),
                tagged(5, new ASN1Integer(0)),
                tagged(6, new ASN1Integer(code)),
                tagged(9, general(realm)),
                tagged(10, name));
        return new ASN1Element((byte) 0x7e, body.encode()).encode();
    }

    private static ASN1Element tagged(int number, ASN1Element value) {
        return new ASN1Element((byte) (0xa0 | number), value.encode());
    }

    private static ASN1Element general(String text) {
        return new ASN1Element((byte) 0x1b, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
