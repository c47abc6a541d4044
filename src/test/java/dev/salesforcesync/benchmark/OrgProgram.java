package dev.salesforcesync.benchmark;

import dev.salesforcesync.sandbox.salesforce.org.Fault;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings.PermissionSetSeed;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.Usernames;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sandbox org as a program, with seats and calls for everybody; two of one name give the same ids. */
final class OrgProgram {
    static final String PERMISSION_SET = "Sales_Reader";
    private static final int SEATS = 2_100_000;
    private static final int CALLS = 100_000_000;

    /** What two orgs may differ in although their users are the same. */
    private static final Set<String> OWN = Set.of(
            "Id", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "AccountId");

    private final Org org;
    private final RecordingDoor door;

    private OrgProgram(Org org, RecordingDoor door) {
        this.org = org;
        this.door = door;
    }

    public static void main(String[] arguments) throws IOException {
        // Without it every answer on a kept connection waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Org org = new Org(OrgSettings.builder(arguments[0])
                .client("benchmark-client", "benchmark-secret")
                .usernames(new Usernames())
                .seats("Salesforce", SEATS)
                .dailyApiLimit(CALLS)
                .sessionTimeout(Duration.ofHours(12))
                .permissionSet(new PermissionSetSeed(PERMISSION_SET, "Sales reader", Optional.empty(), false))
                .build());
        OrgProgram program = new OrgProgram(org, new RecordingDoor(org));
        new ControlPage()
                .on("/figures", asked -> text(program.figures(number(asked, "since"))))
                .on("/written", asked -> text(program.written(number(asked, "since"))))
                .on("/id", asked -> text(program.id(asked.getOrDefault("username", ""))))
                .on("/digest", asked -> text(program.digest()))
                .on("/latency", asked -> program.latency(Duration.ofMillis(number(asked, "millis"))))
                .on("/record", asked -> program.record(number(asked, "on") > 0))
                .on("/recorded", asked -> program.recorded())
                .serve(Map.of(
                        "url", program.door.url(), "clientId", "benchmark-client", "clientSecret", "benchmark-secret"));
    }

    private static long number(Map<String, String> asked, String name) {
        return Long.parseLong(asked.getOrDefault(name, "0"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What happened after a number of the journal. */
    private String figures(long since) {
        Map<String, Long> figures = new TreeMap<>();
        Map<String, Integer> updates = new HashMap<>();
        List<Journal.Entry> entries = org.journal().since(since);
        for (Journal.Entry entry : entries) {
            if (entry.call().protocol().equals("OAUTH")) {
                continue;
            }
            figures.merge("calls", 1L, Long::sum);
            figures.merge(
                    "count " + entry.call().protocol() + " " + entry.call().operation() + " "
                            + entry.call().objectType(),
                    1L,
                    Long::sum);
            if (entry.call().write()) {
                figures.merge("writes", 1L, Long::sum);
                figures.merge("rows", (long) entry.okRows(), Long::sum);
                figures.merge(
                        "refused",
                        entry.errors().values().stream().mapToLong(rows -> rows).sum(),
                        Long::sum);
                entry.ids().forEach(id -> updates.merge(entry.call().operation() + id, 1, Integer::sum));
            } else if (entry.call().operation().startsWith("query")) {
                figures.merge("reads", 1L, Long::sum);
            }
        }
        figures.put(
                "twice", updates.values().stream().filter(times -> times > 1).count());
        figures.put("users", (long) org.count("User"));
        figures.put("last", org.journal().last());
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** When which users were written after a number of the journal: microseconds of Unix time and an id per line. */
    private String written(long since) {
        return org.journal().since(since).stream()
                .filter(entry -> entry.call().write())
                .flatMap(entry -> entry.ids().stream().map(id -> micros(entry.at()) + "=" + id))
                .collect(Collectors.joining("\n"));
    }

    private static long micros(Instant moment) {
        return Math.addExact(moment.getEpochSecond() * 1_000_000, moment.getNano() / 1_000);
    }

    private String id(String username) {
        return org.user(username).map(Row::id).orElse("");
    }

    /** The same for two orgs whose users have the same fields and rights. */
    private String digest() {
        Map<String, String> names = new HashMap<>();
        org.records("User").forEach(user -> names.put(user.id(), user.text("Username")));
        Set<String> lines = new HashSet<>();
        for (Row user : org.records("User")) {
            Map<String, Object> fields = new TreeMap<>(user.asMap());
            fields.keySet().removeAll(OWN);
            lines.add("user " + fields);
        }
        for (Row row : org.records("PermissionSetAssignment")) {
            lines.add("right " + names.get(row.text("AssigneeId")) + " " + row.text("PermissionSetId"));
        }
        List<String> sorted = new ArrayList<>(lines);
        sorted.sort(null);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            sorted.forEach(line -> digest.update(text(line + "\n")));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] latency(Duration time) {
        org.faults().clear();
        if (!time.isZero()) {
            org.faults().next(Integer.MAX_VALUE, new Fault.Latency(time));
        }
        return new byte[0];
    }

    private byte[] record(boolean on) {
        door.record(on);
        return new byte[0];
    }

    private byte[] recorded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (RecordingDoor.Recorded one : door.recorded()) {
                out.writeUTF(one.uri());
                byte[] body = text(one.body());
                out.writeInt(body.length);
                out.write(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
