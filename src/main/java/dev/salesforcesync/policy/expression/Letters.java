package dev.salesforcesync.policy.expression;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** What happens to letters: Unicode, independent of the machine's locale. */
final class Letters {
    /** Letters that have no decomposition (Unicode Character Database), written out as people do. */
    private static final Map<Integer, String> WRITTEN_OUT = Map.ofEntries(
            Map.entry(0xDF, "ss"), // ß
            Map.entry(0x1E9E, "SS"), // capital ß
            Map.entry(0xF8, "oe"), // ø
            Map.entry(0xD8, "OE"),
            Map.entry(0xE6, "ae"), // æ
            Map.entry(0xC6, "AE"),
            Map.entry(0x153, "oe"), // œ
            Map.entry(0x152, "OE"),
            Map.entry(0x111, "d"), // đ
            Map.entry(0x110, "D"),
            Map.entry(0xF0, "d"), // ð
            Map.entry(0xD0, "D"),
            Map.entry(0xFE, "th"), // þ
            Map.entry(0xDE, "TH"),
            Map.entry(0x142, "l"), // ł
            Map.entry(0x141, "L"),
            Map.entry(0x127, "h"), // ħ
            Map.entry(0x126, "H"),
            Map.entry(0x167, "t"), // ŧ
            Map.entry(0x166, "T"),
            Map.entry(0x131, "i")); // ı

    private Letters() {}

    static String lower(String text) {
        return Allowance.text(text.toLowerCase(Locale.ROOT));
    }

    static String upper(String text) {
        return Allowance.text(text.toUpperCase(Locale.ROOT));
    }

    static String lowerAscii(String text) {
        return ascii(text, 'A', 'Z', 'a' - 'A');
    }

    static String upperAscii(String text) {
        return ascii(text, 'a', 'z', 'A' - 'a');
    }

    private static String ascii(String text, char first, char last, int distance) {
        Allowance.room(text.length());
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append((char) (c >= first && c <= last ? c + distance : c)));
        return out.toString();
    }

    /** Large first letters, small other ones; words begin after blanks, hyphens, and the apostrophe of O' and D'. */
    static String title(String text) {
        Allowance.room(text.length());
        StringBuilder out = new StringBuilder(text.length());
        int lettersInWord = 0;
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.NON_SPACING_MARK) {
                out.appendCodePoint(lettersInWord == 0 ? Character.toTitleCase(letter) : Character.toLowerCase(letter));
                lettersInWord++;
            } else {
                out.appendCodePoint(letter);
                boolean apostrophe = letter == '\'' || letter == 0x2019;
                lettersInWord = apostrophe && lettersInWord > 1 ? lettersInWord : 0;
            }
        }
        return Allowance.text(out.toString());
    }

    /** The first {@code count} code points. */
    static String left(String text, long count) {
        Allowance.charge(text.length());
        if (count <= 0) {
            return "";
        }
        int points = text.codePointCount(0, text.length());
        return count >= points ? text : text.substring(0, text.offsetByCodePoints(0, (int) count));
    }

    /**
     * Letters without their marks: ä becomes a, é becomes e; what has no decomposition is written out, such as ss for ß
     * and oe for ø. Scripts other than Latin keep their marks, which are letters of their own there.
     */
    static String foldDiacritics(String text) {
        Allowance.room(text.length() * 4L);
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder out = new StringBuilder(apart.length());
        boolean latin = false;
        for (int i = 0; i < apart.length(); ) {
            int letter = apart.codePointAt(i);
            i += Character.charCount(letter);
            if (Character.getType(letter) == Character.NON_SPACING_MARK) {
                if (!latin) {
                    out.appendCodePoint(letter);
                }
                continue;
            }
            latin = Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN;
            String written = WRITTEN_OUT.get(letter);
            if (written == null) {
                out.appendCodePoint(letter);
            } else {
                out.append(written);
            }
        }
        return Allowance.text(Normalizer.normalize(out, Normalizer.Form.NFC));
    }
}
