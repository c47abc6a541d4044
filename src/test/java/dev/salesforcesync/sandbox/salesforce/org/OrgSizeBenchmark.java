package dev.salesforcesync.sandbox.salesforce.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints how long a create of 200 rows and a query of changes take in a large org, and the heap it needs. A million
 * users need more heap than tests have: {@link #main} with the number of users and {@code -Xmx4g}.
 */
@Tag("benchmark")
class OrgSizeBenchmark {
    private static final int ROWS = 200;
    private static final int SAMPLES = 50;

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private int made;

    public static void main(String[] args) {
        new OrgSizeBenchmark().measure(Integer.parseInt(args[0]));
    }

    @Test
    void measuresAHundredThousandUsers() {
        assertThat(measure(100_000)).isGreaterThanOrEqualTo(100_000);
    }

    private int measure(int users) {
        var settings = OrgSettings.builder("Size")
                .usernames(new Usernames())
                .seats("Salesforce", 2 * users)
                .clock(new Ticking());
        try (var org = new Org(settings.build())) {
            while (made < users) {
                create(org);
            }
            var times = new long[SAMPLES];
            for (int at = 0; at < SAMPLES; at++) {
                times[at] = create(org);
            }
            Arrays.sort(times);
            now = now.plusSeconds(60);
            Instant since = now;
            create(org);
            String actor = actor(org);
            long start = System.nanoTime();
            int changed = org.query(actor, "SELECT Id FROM User WHERE SystemModstamp >= " + since, 2000)
                    .total();
            long delta = System.nanoTime() - start;
            System.gc();
            long heap =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            System.out.printf(
                    "%,d users: create of %d rows median %.2f ms, worst of %d %.2f ms; %d changes found in %.2f ms;"
                            + " heap %,d MB%n",
                    org.count("User"),
                    ROWS,
                    times[SAMPLES / 2] / 1e6,
                    SAMPLES,
                    times[SAMPLES - 1] / 1e6,
                    changed,
                    delta / 1e6,
                    heap >> 20);
            return org.count("User");
        }
    }

    private long create(Org org) {
        String profile =
                org.recordsBy("Profile", "Name", "Standard User").get(0).id();
        var rows = new ArrayList<InputRow>(ROWS);
        for (int at = 0; at < ROWS; at++) {
            rows.add(new InputRow("User", Optional.empty(), person(profile, ++made)));
        }
        String actor = actor(org);
        now = now.plus(Duration.ofSeconds(1));
        WriteRequest request = WriteRequest.of(WriteRequest.Kind.CREATE, rows);
        long start = System.nanoTime();
        List<RowResult> results = org.write(actor, request);
        long took = System.nanoTime() - start;
        assertThat(results).allMatch(RowResult::success);
        return took;
    }

    private static String actor(Org org) {
        return org.user(org.settings().runAsUsername()).orElseThrow().id();
    }

    private static Map<String, @Nullable Object> person(String profile, int number) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        String name = "p" + number;
        fields.put("Username", name + "@people.example");
        fields.put("LastName", "Bolika " + number);
        fields.put("FirstName", "Anna");
        fields.put("Email", name + "@mail.example");
        fields.put("Alias", name);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("Department", "Sales");
        fields.put("Title", "Representative");
        fields.put("EmployeeNumber", name);
        fields.put("FederationIdentifier", name + "@corp.example");
        fields.put(OrgSettings.ANCHOR_FIELD, String.format("00000000-0000-0000-0000-%012d", number));
        fields.put("ProfileId", profile);
        return fields;
    }

    private final class Ticking extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
