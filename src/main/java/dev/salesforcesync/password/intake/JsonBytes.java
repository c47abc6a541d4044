package dev.salesforcesync.password.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The leaves of one JSON object (RFC 8259) by their paths, as bytes that can be wiped: a library would leave the password
 * in Strings and in buffers of its own. Arrays are read and passed over.
 */
final class JsonBytes implements AutoCloseable {
    private static final int DEEPEST = 16;
    private static final int MOST_LEAVES = 64;

    private final Map<String, byte[]> leaves = new LinkedHashMap<>();
    private final byte[] text;
    private int at;

    /** It is not JSON, or not as it must be; the message never holds what was read. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private JsonBytes(byte[] text) {
        this.text = text;
    }

    /** @param text in UTF-8; not wiped here */
    static JsonBytes parse(byte[] text) throws Malformed {
        JsonBytes json = new JsonBytes(text);
        try {
            json.blank();
            if (json.peek() != '{') {
                throw json.unexpected();
            }
            json.object("", 0);
            json.blank();
            if (json.at != text.length) {
                throw json.unexpected();
            }
            return json;
        } catch (Malformed e) {
            json.close();
            throw e;
        }
    }

    /** The bytes of a leaf that is a string or a number; wiped when this is closed. */
    Optional<byte[]> bytes(String path) {
        return Optional.ofNullable(leaves.get(path));
    }

    Optional<String> text(String path) {
        return bytes(path).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private void object(String path, int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("the JSON is nested too deeply");
        }
        at++;
        blank();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            blank();
            String name = new String(string(), StandardCharsets.UTF_8);
            blank();
            expect(':');
            value(path.isEmpty() ? name : path + "." + name, depth);
            blank();
            if (peek() == ',') {
                at++;
            } else {
                expect('}');
                return;
            }
        }
    }

    private void array(String path, int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("the JSON is nested too deeply");
        }
        at++;
        blank();
        if (peek() == ']') {
            at++;
            return;
        }
        for (int item = 0; ; item++) {
            value(path + "[" + item + "]", depth);
            blank();
            if (peek() == ',') {
                at++;
            } else {
                expect(']');
                return;
            }
        }
    }

    private void value(String path, int depth) throws Malformed {
        blank();
        switch (peek()) {
            case '{' -> object(path, depth + 1);
            case '[' -> array(path, depth + 1);
            case '"' -> leaf(path, string());
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> leaf(path, number());
        }
    }

    private void leaf(String path, byte[] value) throws Malformed {
        byte[] earlier = leaves.put(path, value);
        if (earlier != null) {
            Arrays.fill(earlier, (byte) 0);
            throw new Malformed("a field is given twice");
        }
        if (leaves.size() > MOST_LEAVES) {
            throw new Malformed("the JSON has too many fields");
        }
    }

    private void word(String word) throws Malformed {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
    }

    private byte[] number() throws Malformed {
        int from = at;
        while (at < text.length && ((text[at] >= '0' && text[at] <= '9') || "+-.eE".indexOf(text[at]) >= 0)) {
            at++;
        }
        if (from == at) {
            throw unexpected();
        }
        return Arrays.copyOfRange(text, from, at);
    }

    private byte[] string() throws Malformed {
        expect('"');
        try (Wiped out = new Wiped(text.length - at)) {
            while (true) {
                byte next = peek();
                at++;
                if (next == '"') {
                    return out.toByteArray();
                } else if (next == '\\') {
                    escape(out);
                } else if (next >= 0 && next < 0x20) {
                    throw unexpected();
                } else {
                    out.write(next);
                }
            }
        }
    }

    private void escape(Wiped out) throws Malformed {
        byte kind = peek();
        at++;
        switch (kind) {
            case '"', '\\', '/' -> out.write(kind);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'u' -> out.writeCodePoint(codePoint());
            default -> throw unexpected();
        }
    }

    private int codePoint() throws Malformed {
        int first = hex();
        if (!Character.isSurrogate((char) first)) {
            return first;
        }
        expect('\\');
        expect('u');
        int second = hex();
        if (!Character.isSurrogatePair((char) first, (char) second)) {
            throw new Malformed("the JSON has half a surrogate pair");
        }
        return Character.toCodePoint((char) first, (char) second);
    }

    private int hex() throws Malformed {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            at++;
            value = (value << 4) | digit;
        }
        return value;
    }

    private void blank() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            at++;
        }
    }

    private byte peek() throws Malformed {
        if (at >= text.length) {
            throw new Malformed("the JSON ends too early");
        }
        return text[at];
    }

    private void expect(char what) throws Malformed {
        if (peek() != what) {
            throw unexpected();
        }
        at++;
    }

    private Malformed unexpected() {
        return new Malformed("the JSON can't be read at byte " + at);
    }

    @Override
    public void close() {
        leaves.values().forEach(value -> Arrays.fill(value, (byte) 0));
        leaves.clear();
    }

    /** Room that never grows, and is wiped. */
    private static final class Wiped extends ByteArrayOutputStream {
        Wiped(int most) {
            super(Math.max(most, 4));
        }

        void writeCodePoint(int point) {
            writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
