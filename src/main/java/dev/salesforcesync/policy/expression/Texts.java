package dev.salesforcesync.policy.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Functions on texts and lists whose cost and result are bounded by the {@link Allowance}. */
final class Texts {
    /** The largest regular expression, in instructions of the automaton it becomes. */
    static final int MAX_PATTERN = 1_000;

    /** Patterns are literals of compiled expressions, so there are only so many; still this is bounded. */
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private static final int MAX_CACHED = 1_000;

    private Texts() {}

    static String add(String one, String other) {
        Allowance.room((long) one.length() + other.length());
        return one + other;
    }

    static List<Object> addLists(List<?> one, List<?> other) {
        long size = (long) one.size() + other.size();
        listRoom(size);
        List<Object> both = new ArrayList<>((int) size);
        both.addAll(one);
        both.addAll(other);
        return both;
    }

    static String replace(String text, String target, String replacement) {
        search(text, target);
        if (target.isEmpty()) {
            throw new Allowance.Stopped("InvalidArgument");
        }
        long occurrences = 0;
        for (int at = text.indexOf(target); at >= 0; at = text.indexOf(target, at + target.length())) {
            occurrences++;
        }
        Allowance.room(text.length() + occurrences * (replacement.length() - target.length()));
        return text.replace(target, replacement);
    }

    static String trim(String text) {
        Allowance.charge(text.length());
        return text.strip();
    }

    static List<String> split(String text, String separator) {
        search(text, separator);
        List<String> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            listRoom(text.length());
            text.codePoints().forEach(point -> parts.add(Character.toString(point)));
            return parts;
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            bounded(parts.size());
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    static String join(List<?> parts, String separator) {
        long length = (long) separator.length() * Math.max(0, parts.size() - 1);
        for (Object part : parts) {
            length += ((String) part).length() + 1L;
        }
        Allowance.room(length - parts.size());
        Allowance.charge(parts.size());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "" : separator).append((String) parts.get(i));
        }
        return out.toString();
    }

    static boolean contains(String text, String part) {
        search(text, part);
        return text.contains(part);
    }

    static boolean startsWith(String text, String part) {
        Allowance.charge(part.length() / 8 + 1);
        return text.startsWith(part);
    }

    static boolean endsWith(String text, String part) {
        Allowance.charge(part.length() / 8 + 1);
        return text.endsWith(part);
    }

    static long size(String text) {
        Allowance.charge(text.length() + 1L);
        return text.codePointCount(0, text.length());
    }

    static long indexOf(String text, String part) {
        search(text, part);
        int at = text.indexOf(part);
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    static long lastIndexOf(String text, String part) {
        search(text, part);
        int at = text.lastIndexOf(part);
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    static String charAt(String text, long index) {
        return substring(text, index, index + 1);
    }

    /** From {@code begin} to before {@code end}, in code points. */
    static String substring(String text, long begin, long end) {
        Allowance.charge(text.length() + 1L);
        if (begin < 0 || end < begin || end > text.codePointCount(0, text.length())) {
            throw new Allowance.Stopped("IndexOutOfBounds");
        }
        int from = text.offsetByCodePoints(0, (int) begin);
        return text.substring(from, text.offsetByCodePoints(from, (int) (end - begin)));
    }

    static String substring(String text, long begin) {
        return substring(text, begin, text.codePointCount(0, text.length()));
    }

    static boolean matches(String text, String pattern) {
        Pattern compiled = PATTERNS.get(pattern);
        if (compiled == null) {
            Allowance.charge(100L * pattern.length());
            compiled = Pattern.compile(pattern);
            if (PATTERNS.size() < MAX_CACHED) {
                PATTERNS.put(pattern, compiled);
            }
        }
        // Measured: an instruction costs about thirty nanoseconds for every character.
        Allowance.charge((text.length() + 1L) * (1L + 2L * compiled.programSize()));
        return compiled.matcher(text).find();
    }

    /** Whether the regular expression is one that we are willing to run; RE2 syntax, linear in the text. */
    static boolean isAcceptablePattern(String pattern) {
        try {
            return Pattern.compile(pattern).programSize() <= MAX_PATTERN;
        } catch (PatternSyntaxException wrong) {
            return false;
        }
    }

    static boolean inGroup(List<?> groups, String name) {
        Allowance.charge(groups.size() + 1L);
        for (Object group : groups) {
            if (group instanceof String text && text.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static void listRoom(long size) {
        Allowance.charge(size / 8 + 1);
        bounded(size);
    }

    private static void bounded(long size) {
        if (size > Allowance.MAX_LIST) {
            throw new Allowance.Stopped("ValueTooLong");
        }
    }

    /** The worst case of a search, which is the product of both lengths; sixteen characters are compared at a time. */
    private static void search(String text, String part) {
        Allowance.charge(text.length() + (long) text.length() * part.length() / 16 + 1);
    }
}
