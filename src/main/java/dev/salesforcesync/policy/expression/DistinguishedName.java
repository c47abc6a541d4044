package dev.salesforcesync.policy.expression;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a directory entry in its string form (RFC 4514, and section 3 of RFC 2253 for what may still be read:
 * blanks around separators, semicolons, quoted values).
 *
 * @param names the relative names, the entry's own first
 */
public record DistinguishedName(List<Relative> names) {
    private static final String ESCAPABLE = " \"#+,;<=>\\";

    public DistinguishedName {
        names = List.copyOf(names);
    }

    /**
     * One relative name.
     *
     * @param text as it was written, escapes included, without blanks around it
     * @param value of its first attribute, escapes undone; as it was written where it is in hexadecimal form
     * @param canonical equal for relative names that mean the same: names and values in lower case, escapes undone
     */
    public record Relative(String text, String value, String canonical) {
        /** Never shows the name, so that a person cannot slip into a log. */
        @Override
        public String toString() {
            return "Relative[]";
        }
    }

    /** Reads a name; empty when the text is none. The empty text is the name without relative names. */
    public static Optional<DistinguishedName> parse(String text) {
        return new Parser(text).parse();
    }

    /**
     * A text that is equal for names that mean the same entry, compared as Active Directory does: without regard to case
     * and to the way of escaping. A text that is no name stands for itself.
     */
    public static String canonical(String text) {
        return parse(text).map(DistinguishedName::canonical).orElseGet(() -> lower(text));
    }

    private String canonical() {
        StringBuilder out = new StringBuilder();
        names.forEach(name -> out.append(name.canonical().length()).append(':').append(name.canonical()));
        return out.toString();
    }

    /** Whether the entry lies below {@code base}, at any depth; not when it is that entry. */
    public boolean isUnder(DistinguishedName base) {
        int depth = names.size() - base.names.size();
        if (depth <= 0) {
            return false;
        }
        for (int i = 0; i < base.names.size(); i++) {
            if (!names.get(depth + i).canonical().equals(base.names.get(i).canonical())) {
                return false;
            }
        }
        return true;
    }

    /** The name of the entry above, as it was written; empty at the top. */
    public String parent() {
        return String.join(",", names.stream().skip(1).map(Relative::text).toList());
    }

    /** Never shows the name, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "DistinguishedName[" + names.size() + "]";
    }

    private static String lower(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Reads once from left to right. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Optional<DistinguishedName> parse() {
            List<Relative> names = new ArrayList<>();
            blanks();
            if (at == text.length()) {
                return Optional.of(new DistinguishedName(names));
            }
            while (true) {
                Optional<Relative> name = relative();
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                names.add(name.get());
                if (at == text.length()) {
                    return Optional.of(new DistinguishedName(names));
                }
                at++;
                blanks();
            }
        }

        /** Up to the next separator or the end. */
        private Optional<Relative> relative() {
            int begin = at;
            String first = "";
            List<String> parts = new ArrayList<>();
            while (true) {
                Optional<String> type = type();
                Optional<String> value = type.flatMap(any -> value());
                if (type.isEmpty() || value.isEmpty()) {
                    return Optional.empty();
                }
                first = parts.isEmpty() ? value.get() : first;
                parts.add(lower(type.get()) + "=" + lower(value.get()));
                if (at < text.length() && text.charAt(at) == '+') {
                    at++;
                    blanks();
                    continue;
                }
                parts.sort(null);
                return Optional.of(new Relative(written(begin), first, String.join("+", parts)));
            }
        }

        /** What stands from {@code begin} to here, without the blanks at its end that no escape protects. */
        private String written(int begin) {
            int end = at;
            while (end > begin && text.charAt(end - 1) == ' ' && (end - 2 < begin || text.charAt(end - 2) != '\\')) {
                end--;
            }
            return text.substring(begin, end);
        }

        private Optional<String> type() {
            int begin = at;
            while (at < text.length() && isTypeCharacter(text.charAt(at))) {
                at++;
            }
            String type = text.substring(begin, at);
            blanks();
            if (type.isEmpty() || at == text.length() || text.charAt(at) != '=') {
                return Optional.empty();
            }
            at++;
            blanks();
            return Optional.of(type);
        }

        private static boolean isTypeCharacter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
        }

        private Optional<String> value() {
            return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
        }

        private Optional<String> quoted() {
            at++;
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                if (!take(value)) {
                    return Optional.empty();
                }
            }
            if (at == text.length()) {
                return Optional.empty();
            }
            at++;
            blanks();
            return ended() ? Optional.of(value.toString()) : Optional.empty();
        }

        private Optional<String> plain() {
            StringBuilder value = new StringBuilder();
            int kept = 0;
            while (!ended()) {
                boolean blank = text.charAt(at) == ' ';
                if ("\"<>".indexOf(text.charAt(at)) >= 0 || !take(value)) {
                    return Optional.empty();
                }
                kept = blank ? kept : value.length();
            }
            value.setLength(kept);
            return Optional.of(value.toString());
        }

        private boolean ended() {
            return at == text.length() || ",;+".indexOf(text.charAt(at)) >= 0;
        }

        /** One character, escaped or not; several escaped octets in a row are one text in UTF-8. */
        private boolean take(StringBuilder value) {
            char c = text.charAt(at);
            if (c != '\\') {
                value.append(c);
                at++;
                return true;
            }
            if (at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0) {
                value.append(text.charAt(at + 1));
                at += 2;
                return true;
            }
            return octets(value);
        }

        private boolean octets(StringBuilder value) {
            ByteBuffer octets = ByteBuffer.allocate(text.length() - at);
            while (at + 2 < text.length() && text.charAt(at) == '\\' && digit(at + 1) >= 0 && digit(at + 2) >= 0) {
                octets.put((byte) (digit(at + 1) * 16 + digit(at + 2)));
                at += 3;
            }
            if (octets.position() == 0) {
                return false;
            }
            try {
                value.append(StandardCharsets.UTF_8.newDecoder().decode(octets.flip()));
                return true;
            } catch (CharacterCodingException noText) {
                return false;
            }
        }

        private int digit(int position) {
            return Character.digit(text.charAt(position), 16);
        }

        private void blanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
