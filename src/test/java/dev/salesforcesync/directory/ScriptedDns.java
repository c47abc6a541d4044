package dev.salesforcesync.directory;

import dev.salesforcesync.directory.ServiceRecords.Srv;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on the loopback address that answers questions for SRV records by UDP as the test says (RFC 1035). */
final class ScriptedDns implements AutoCloseable {
    private static final int NO_SUCH_NAME = 3;
    private static final int SERVER_FAILURE = 2;

    private final DatagramSocket socket;
    private final Map<String, List<Srv>> answers = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile boolean failing;

    ScriptedDns() throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "scripted-dns");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "dns://" + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    void answer(String name, Srv... records) {
        answers.put(name.toLowerCase(Locale.ROOT), List.of(records));
    }

    /** Answers SERVFAIL from now on. */
    void fail() {
        failing = true;
    }

    /** The names that were asked for, in order. */
    List<String> questions() {
        return List.copyOf(questions);
    }

    private void serve() {
        byte[] buffer = new byte[4_096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] reply = reply(Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private byte[] reply(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
            at += question[at] + 1;
        }
        int end = at + 5;
        questions.add(name.toString());
        List<Srv> records = answers.get(name.toString().toLowerCase(Locale.ROOT));
        int code = failing ? SERVER_FAILURE : records == null ? NO_SUCH_NAME : 0;
        int count = code == 0 && records != null ? records.size() : 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8580 | code);
        out.writeShort(1);
        out.writeShort(count);
        out.writeInt(0);
        out.write(question, 12, end - 12);
        for (int i = 0; i < count; i++) {
            Srv record = records.get(i);
            byte[] target = labels(record.host());
            out.writeShort(0xc00c);
            out.writeShort(33);
            out.writeShort(1);
            out.writeInt(600);
            out.writeShort(6 + target.length);
            out.writeShort(record.priority());
            out.writeShort(record.weight());
            out.writeShort(record.port());
            out.write(target);
        }
        return bytes.toByteArray();
    }

    private static byte[] labels(String host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : host.equals(".") ? new String[0] : host.split("\\.", -1)) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
