package dev.salesforcesync.sandbox.salesforce.protocol;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * An HTTP request, read to its end and unzipped.
 *
 * @param path without the query
 * @param query parameters of the URL, decoded
 * @param headers by lower-case name; the first value of each
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    /** SOAP messages are at most 50 MB (API limits cheat sheet). */
    private static final int MAX_BODY = 50 * 1024 * 1024;

    /** A body larger than Salesforce takes. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("body too large");
        }
    }

    static Request read(HttpExchange exchange) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        boolean zipped = headers.getOrDefault("content-encoding", "").equalsIgnoreCase("gzip");
        byte[] body;
        try (InputStream raw = exchange.getRequestBody();
                InputStream plain = zipped ? new GZIPInputStream(raw) : raw) {
            body = plain.readNBytes(MAX_BODY + 1);
        }
        if (body.length > MAX_BODY) {
            throw new TooLarge();
        }
        String rawQuery = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                rawQuery == null ? Map.of() : form(rawQuery),
                headers,
                body);
    }

    /** Decodes {@code a=1&b=2}. */
    static Map<String, String> form(String encoded) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : encoded.split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                values.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The name the caller knows this server by, in lower case and without the port. */
    String host() {
        return header("Host").orElse("").toLowerCase(Locale.ROOT).replaceAll(":\\d*$", "");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean acceptsGzip() {
        return header("accept-encoding").orElse("").contains("gzip");
    }
}
