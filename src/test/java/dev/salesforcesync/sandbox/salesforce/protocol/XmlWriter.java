package dev.salesforcesync.sandbox.salesforce.protocol;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Writes XML without a tree. */
final class XmlWriter {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(1024);

    XmlWriter raw(String text) {
        out.append(text);
        return this;
    }

    XmlWriter open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    XmlWriter close(String name) {
        int space = name.indexOf(' ');
        out.append("</").append(space < 0 ? name : name.substring(0, space)).append('>');
        return this;
    }

    /** An element with a value; nil when there is none. */
    XmlWriter element(String name, @Nullable Object value) {
        if (value == null) {
            out.append('<').append(name).append(" xsi:nil=\"true\"/>");
            return this;
        }
        open(name);
        text(value instanceof Instant moment ? MOMENT.format(moment) : value.toString());
        return close(name);
    }

    private void text(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#xD;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
