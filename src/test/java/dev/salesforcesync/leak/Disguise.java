package dev.salesforcesync.leak;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** A form in which text may stand in an artefact without being readable at first sight. */
enum Disguise {
    PLAIN(secret -> List.of(secret)),
    /** As in forms and queries: RFC 3986 and application/x-www-form-urlencoded differ in the space. */
    URL(secret -> {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String query = form.replace("+", "%20");
        return List.of(form, query, lowerCaseEscapes(form), lowerCaseEscapes(query));
    }),
    /** Whatever stands before the secret: of eight bits a character shows six, so there are three ways (RFC 4648). */
    BASE64(secret -> aligned(secret, Base64.getEncoder().withoutPadding())),
    BASE64_URL(secret -> aligned(secret, Base64.getUrlEncoder().withoutPadding())),
    HEX(secret -> {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                HexFormat.of().formatHex(bytes), HexFormat.of().withUpperCase().formatHex(bytes));
    }),
    /** RFC 8259, 7: with and without the escapes that are optional. */
    JSON(secret -> Stream.of("", "\\u%04x", "\\u%04X")
            .flatMap(escape -> Stream.of(json(secret, false, escape), json(secret, true, escape)))
            .toList()),
    /** XML 1.0, 2.4: what must be escaped in text, what may be, and by number. */
    XML(secret -> {
        String least = secret.replace("&", "&amp;").replace("<", "&lt;");
        String usual = least.replace(">", "&gt;");
        String quotes = usual.replace("\"", "&quot;");
        return List.of(
                least,
                usual,
                quotes,
                quotes.replace("'", "&apos;"),
                quotes.replace("'", "&#39;"),
                secret.replace("&", "&#38;")
                        .replace("<", "&#60;")
                        .replace(">", "&#62;")
                        .replace("\"", "&#34;"));
    });

    @SuppressWarnings("ImmutableEnumChecker") // Each is a function without state.
    private final Function<String, List<String>> forms;

    Disguise(Function<String, List<String>> forms) {
        this.forms = forms;
    }

    /** Every way in which this form may write the secret. */
    List<String> of(String secret) {
        return forms.apply(secret).stream().distinct().toList();
    }

    private static List<String> aligned(String secret, Base64.Encoder encoder) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(part(bytes, 0, encoder), part(bytes, 1, encoder), part(bytes, 2, encoder));
    }

    /** What stays the same whatever stands before ({@code offset} octets after a full group) and behind. */
    private static String part(byte[] bytes, int offset, Base64.Encoder encoder) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String all = new String(encoder.encode(shifted), StandardCharsets.US_ASCII);
        int first = offset == 0 ? 0 : offset + 1;
        int last = shifted.length % 3 == 0 ? all.length() : all.length() - 1;
        return all.substring(first, last);
    }

    private static String lowerCaseEscapes(String encoded) {
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            int end = encoded.charAt(i) == '%' ? i + 3 : i + 1;
            String piece = encoded.substring(i, end);
            lower.append(piece.length() == 3 ? piece.toLowerCase(Locale.ROOT) : piece);
            i = end - 1;
        }
        return lower.toString();
    }

    /**
     * As a JSON string.
     *
     * @param escape how characters beyond ASCII are written; empty leaves them
     */
    private static String json(String secret, boolean slashes, String escape) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            int known = "\"\\\b\f\n\r\t".indexOf(c);
            if (known >= 0) {
                text.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (c == '/' && slashes) {
                text.append("\\/");
            } else if (c < 0x20 || (c > 0x7e && !escape.isEmpty())) {
                text.append(String.format(Locale.ROOT, escape.isEmpty() ? "\\u%04x" : escape, (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    static List<Disguise> all() {
        return Arrays.asList(values());
    }
}
