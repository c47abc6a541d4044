package dev.salesforcesync.salesforce;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes SOQL (SOQL and SOSL Reference, "Quoted String Escape Sequences", "Date Formats"). */
final class Soql {
    /** Queries travel in the URL; Salesforce takes 16,384 characters of URL and headers together. */
    static final int MAX_ENCODED = 12_000;

    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*){0,5}");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Soql() {}

    static boolean isField(String name) {
        return FIELD.matcher(name).matches();
    }

    static String literal(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 8).append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> quoted.append("\\\\");
                case '\'' -> quoted.append("\\'");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }

    static String dateTime(Instant moment) {
        return DATE_TIME.format(moment);
    }

    /**
     * The queries that together ask for all values: {@code head IN ('a','b',…)}, each short enough for a URL.
     *
     * @param head everything before IN
     */
    static List<String> in(String head, Collection<String> values) {
        List<String> queries = new ArrayList<>();
        int room = MAX_ENCODED - encodedLength(head) - 20;
        StringBuilder list = new StringBuilder();
        int used = 0;
        for (String value : new LinkedHashSet<>(values)) {
            String literal = literal(value);
            int length = encodedLength(literal) + 3;
            if (used + length > room && list.length() > 0) {
                queries.add(head + " IN (" + list + ")");
                list.setLength(0);
                used = 0;
            }
            if (list.length() > 0) {
                list.append(',');
            }
            list.append(literal);
            used += length;
        }
        if (list.length() > 0) {
            queries.add(head + " IN (" + list + ")");
        }
        return queries;
    }

    private static int encodedLength(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).length();
    }
}
