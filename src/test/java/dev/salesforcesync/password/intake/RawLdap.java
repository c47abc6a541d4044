package dev.salesforcesync.password.intake;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks LDAP as PassSync does, byte by byte (RFC 4511), with no library that the product uses, too. */
final class RawLdap implements AutoCloseable {
    static final int BIND_RESPONSE = 0x61;
    static final int ENTRY = 0x64;
    static final int DONE = 0x65;
    static final int MODIFY_RESPONSE = 0x67;

    private final Socket socket;
    private int id;

    RawLdap(Socket socket) {
        this.socket = socket;
    }

    /**
     * What came back.
     *
     * @param tag of the operation
     * @param code the result code; negative for an entry
     * @param name of the entry
     */
    record Reply(int tag, int code, String name) {}

    Reply bind(String dn, String password) throws IOException {
        return ask(tagged(0x60, integer(3), text(0x04, dn), text(0x80, password)));
    }

    /** With all attributes and the whole subtree, as it does. */
    Reply search(String base, String field, String value) throws IOException {
        return ask(tagged(
                0x63,
                text(0x04, base),
                tagged(0x0a, new byte[] {2}),
                tagged(0x0a, new byte[] {0}),
                integer(0),
                integer(0),
                tagged(0x01, new byte[] {0}),
                tagged(0xa3, text(0x04, field), text(0x04, value)),
                tagged(0x30)));
    }

    Reply replace(String dn, String attribute, byte[] value) throws IOException {
        return ask(tagged(
                0x66,
                text(0x04, dn),
                tagged(
                        0x30,
                        tagged(
                                0x30,
                                tagged(0x0a, new byte[] {2}),
                                tagged(0x30, text(0x04, attribute), tagged(0x31, tagged(0x04, value)))))));
    }

    void unbind() throws IOException {
        send(tagged(0x42));
    }

    /** What came after an entry. */
    Reply next() throws IOException {
        return read();
    }

    private Reply ask(byte[] operation) throws IOException {
        send(operation);
        return read();
    }

    private void send(byte[] operation) throws IOException {
        socket.getOutputStream().write(tagged(0x30, integer(++id), operation));
        socket.getOutputStream().flush();
    }

    private Reply read() throws IOException {
        InputStream in = socket.getInputStream();
        if (in.read() != 0x30) {
            throw new EOFException("no LDAP message");
        }
        byte[] message = in.readNBytes(length(in));
        int at = 2 + message[1];
        int tag = message[at] & 0xff;
        int[] position = {at + 1};
        lengthAt(message, position);
        if (tag == ENTRY) {
            position[0]++;
            int size = lengthAt(message, position);
            return new Reply(tag, -1, new String(message, position[0], size, StandardCharsets.UTF_8));
        }
        return new Reply(tag, message[position[0] + 2], "");
    }

    private static int length(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | in.read();
        }
        return length;
    }

    private static int lengthAt(byte[] message, int[] position) {
        int first = message[position[0]++] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (message[position[0]++] & 0xff);
        }
        return length;
    }

    private static byte[] integer(int value) {
        return tagged(0x02, new byte[] {(byte) value});
    }

    private static byte[] text(int tag, String value) {
        return tagged(tag, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int size = content.size();
        if (size > 0x7f) {
            all.write(0x83);
            all.write(size >> 16);
            all.write(size >> 8);
        }
        all.write(size);
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
