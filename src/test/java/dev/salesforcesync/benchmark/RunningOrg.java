package dev.salesforcesync.benchmark;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An org in a process of its own. */
final class RunningOrg implements AutoCloseable {
    private final Child child;

    private RunningOrg(Child child) {
        this.child = child;
    }

    /** A new one of that name, in a JVM with these flags. */
    static RunningOrg start(String name, String... flags) {
        return new RunningOrg(Child.program(OrgProgram.class, List.of(flags), List.of(name)));
    }

    String url() {
        return child.told("url");
    }

    String clientId() {
        return child.told("clientId");
    }

    String clientSecret() {
        return child.told("clientSecret");
    }

    /** What happened after a number of the journal: calls, writes, rows, refused, reads, twice; users now. */
    record Figures(Map<String, Long> byName) {
        long of(String name) {
            return byName.getOrDefault(name, 0L);
        }

        long last() {
            return of("last");
        }

        /** Calls by protocol, operation and object. */
        Map<String, Long> byKind() {
            Map<String, Long> kinds = new TreeMap<>();
            byName.forEach((name, count) -> {
                if (name.startsWith("count ")) {
                    kinds.put(name.substring("count ".length()), count);
                }
            });
            return kinds;
        }
    }

    Figures since(long number) {
        Map<String, Long> figures = new HashMap<>();
        child.askText("/figures?since=" + number).lines().forEach(line -> {
            String[] pair = line.split("=", 2);
            figures.put(pair[0], Long.parseLong(pair[1]));
        });
        return new Figures(figures);
    }

    long last() {
        return since(Long.MAX_VALUE).last();
    }

    /** A row that was written. */
    record Written(Instant at, String id) {}

    List<Written> writtenSince(long number) {
        List<Written> written = new ArrayList<>();
        child.askText("/written?since=" + number)
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    String[] pair = line.split("=", 2);
                    long micros = Long.parseLong(pair[0]);
                    written.add(new Written(
                            Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000), pair[1]));
                });
        return written;
    }

    /** The id of a user; empty if there is none. */
    String id(String username) {
        return child.askText("/id?username=" + username);
    }

    /** The same as another org's if their users have the same fields and rights. */
    String digest() {
        return child.askText("/digest");
    }

    /** From now on every call takes this long before it begins. */
    void latency(Duration time) {
        child.ask("/latency?millis=" + time.toMillis());
    }

    void record(boolean on) {
        child.ask("/record?on=" + (on ? 1 : 0));
    }

    /** The calls since recording began, in the order in which they came. */
    List<RecordingDoor.Recorded> recorded() {
        List<RecordingDoor.Recorded> all = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(child.ask("/recorded")))) {
            while (in.available() > 0) {
                String uri = in.readUTF();
                byte[] body = new byte[in.readInt()];
                in.readFully(body);
                all.add(new RecordingDoor.Recorded(uri, new String(body, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    double processorSeconds() {
        return child.processorSeconds();
    }

    @Override
    public void close() {
        child.close();
    }
}
