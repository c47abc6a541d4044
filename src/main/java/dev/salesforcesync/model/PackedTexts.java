package dev.salesforcesync.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Numbers and texts one after the other in one array of bytes: a number in seven bits a byte, a text as its
 * number if it is a common one, in UTF-8, or as its characters where that has no place for them, such as half a surrogate pair. Equal texts may
 * look differently in two arrays, of which one was made before it was known that they are common.
 */
public final class PackedTexts {
    /** Two bytes of a number tell so many apart. */
    private static final CommonTexts COMMON = new CommonTexts(4_096);

    private PackedTexts() {}

    private static boolean hasHalfAPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Makes an array. */
    public static final class Writer {
        private byte[] bytes = new byte[256];
        private int size;

        public void text(String text) {
            text(text, 0);
        }

        /** Writes a text or that there is none. */
        public void optional(Optional<String> text) {
            text.ifPresentOrElse(present -> text(present, 1), () -> number(0));
        }

        /** An even number is twice the length of UTF-8 that follows, an odd one says what stands there instead. */
        private void text(String text, int more) {
            int common = COMMON.number(text);
            if (common >= 0) {
                number(2 * (common + 1) + 1 + more);
            } else if (hasHalfAPair(text)) {
                number(1 + more);
                number(2 * text.length());
                bytes(pairs(text));
            } else {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                number(2 * utf8.length + more);
                bytes(utf8);
            }
        }

        private void bytes(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, bytes, size, more.length);
            size += more.length;
        }

        /** Not by a charset, which would put another character in the place of each half. */
        private static byte[] pairs(String text) {
            ByteBuffer pairs = ByteBuffer.allocate(2 * text.length());
            pairs.asCharBuffer().put(text);
            return pairs.array();
        }

        /** Writes a number that is not negative, the low bits first. */
        public void number(int number) {
            room(5);
            int rest = number;
            while (rest > 0x7f) {
                bytes[size++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[size++] = (byte) rest;
        }

        /** Writes a number of which every bit may be set. */
        public void whole(long number) {
            room(Long.BYTES);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (number >>> shift);
            }
        }

        void moment(Instant moment) {
            whole(moment.getEpochSecond());
            number(moment.getNano());
        }

        private void room(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }

        /** All that was written. */
        public byte[] bytes() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** Reads what {@link Writer} wrote, in its order. */
    public static final class Reader {
        private final byte[] bytes;
        private int at;

        /** Begins at the first. */
        public Reader(byte[] bytes) {
            this(bytes, 0);
        }

        /** Begins in the middle. */
        Reader(byte[] bytes, int from) {
            this.bytes = bytes;
            this.at = from;
        }

        /** Where it goes on. */
        int position() {
            return at;
        }

        public String text() {
            return text(number());
        }

        public Optional<String> optional() {
            int length = number();
            return length == 0 ? Optional.empty() : Optional.of(text(length - 1));
        }

        private String text(int code) {
            int what = code >>> 1;
            if ((code & 1) == 0) {
                return utf8(what);
            }
            return what > 0 ? COMMON.text(what - 1) : pairs(number());
        }

        private String utf8(int length) {
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        private String pairs(int length) {
            String text = ByteBuffer.wrap(bytes, at, length).asCharBuffer().toString();
            at += length;
            return text;
        }

        /** Goes on behind a text. */
        public void skipText() {
            skip(number());
        }

        /** Goes on behind a text or where there is none. */
        public void skipOptional() {
            int length = number();
            if (length > 0) {
                skip(length - 1);
            }
        }

        private void skip(int code) {
            if (code == 1) {
                int length = number();
                at += length;
            } else if ((code & 1) == 0) {
                at += code >>> 1;
            }
        }

        public int number() {
            int number = 0;
            int shift = 0;
            while (bytes[at] < 0) {
                number |= (bytes[at++] & 0x7f) << shift;
                shift += 7;
            }
            return number | bytes[at++] << shift;
        }

        public long whole() {
            long number = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                number = (number << 8) | (bytes[at++] & 0xff);
            }
            return number;
        }

        Instant moment() {
            long second = whole();
            return Instant.ofEpochSecond(second, number());
        }

        void skipMoment() {
            at += Long.BYTES;
            number();
        }
    }
}
