package dev.salesforcesync.policy.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Functions on the directory's own forms of names and times; a text that has not that form is an InvalidArgument. */
final class Places {
    /** FILETIME counts steps of 100 ns from here (MS-DTYP 2.3.3). */
    private static final Instant FILE_TIME_ZERO = Instant.parse("1601-01-01T00:00:00Z");

    private static final long STEPS_PER_SECOND = 10_000_000L;
    private static final long NANOSECONDS_PER_STEP = 100L;

    /** RFC 3339 has four digits for the year. */
    private static final int LAST_YEAR = 9_999;

    private Places() {}

    static String rdn(String dn) {
        return own(dn).text();
    }

    static String rdnValue(String dn) {
        return own(dn).value();
    }

    static String parent(String dn) {
        return name(dn).parent();
    }

    static boolean under(String dn, String base) {
        return name(dn).isUnder(name(base));
    }

    /**
     * A FILETIME as RFC 3339 with milliseconds; empty for the two values that mean never (MS-ADTS 2.2.1, accountExpires).
     */
    static String fileTime(String text) {
        Allowance.charge(text.length() + 1L);
        try {
            long steps = Long.parseLong(text.strip());
            if (steps == 0 || steps == Long.MAX_VALUE) {
                return "";
            }
            Instant time = FILE_TIME_ZERO
                    .plusSeconds(Math.floorDiv(steps, STEPS_PER_SECOND))
                    .plusNanos(Math.floorMod(steps, STEPS_PER_SECOND) * NANOSECONDS_PER_STEP);
            if (steps < 0 || time.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR) {
                throw new Allowance.Stopped("InvalidArgument");
            }
            return time.truncatedTo(ChronoUnit.MILLIS).toString();
        } catch (NumberFormatException | DateTimeException noTime) {
            throw new Allowance.Stopped("InvalidArgument");
        }
    }

    private static DistinguishedName.Relative own(String dn) {
        DistinguishedName name = name(dn);
        if (name.names().isEmpty()) {
            throw new Allowance.Stopped("InvalidArgument");
        }
        return name.names().get(0);
    }

    private static DistinguishedName name(String dn) {
        Allowance.room(dn.length());
        Allowance.charge(8L * dn.length());
        return DistinguishedName.parse(dn).orElseThrow(() -> new Allowance.Stopped("InvalidArgument"));
    }
}
