package dev.salesforcesync.api.v1alpha1;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the durations of the three kinds: numbers with the units ms, s, m, h and d, one after the other ({@code 1d12h}). */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile(Bounds.DURATION);
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads one duration; a day has 24 hours.
     *
     * @throws IllegalArgumentException if the text is no duration or too long for one; the schema lets neither through
     */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a duration such as 15m or 90d: '" + text + "'");
        }
        try {
            Duration total = Duration.ZERO;
            Matcher parts = PART.matcher(text);
            while (parts.find()) {
                total = total.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
            }
            return total;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("must be a shorter duration: '" + text + "'", e);
        }
    }

    private static Duration part(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
