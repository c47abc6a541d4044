package dev.salesforcesync.ledger;

import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.ReleasedBatch;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SpentAllowance;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Format 1 of an entry: one line of words divided by blanks, of which the first tells the kind. Lines instead of JSON,
 * because a link is then 80 bytes and a shard holds 700 of them.
 */
final class EntryLines {
    private EntryLines() {}

    /** A batch of more actions is written as several lines, so that no line outgrows a shard. */
    static final int ACTIONS_PER_LINE = 2_000;

    static List<String> write(Entry entry) {
        return entry instanceof Entry.Held held ? batchLines(held.batch()) : List.of(line(entry));
    }

    private static List<String> batchLines(HeldBatch batch) {
        StringBuilder counts = new StringBuilder();
        new TreeMap<>(batch.counts())
                .forEach((kind, count) -> counts.append(counts.isEmpty() ? "" : ",")
                        .append(kind)
                        .append('=')
                        .append(count));
        String head = "B " + batch.policy() + " " + batch.hash() + " " + batch.since() + " " + counts + " ";
        List<String> keys = new ArrayList<>(new TreeSet<>(batch.actionKeys()));
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += ACTIONS_PER_LINE) {
            lines.add(head + String.join(",", keys.subList(from, Math.min(from + ACTIONS_PER_LINE, keys.size()))));
        }
        return lines;
    }

    /** Joins what several lines say of one entry. */
    static Entry merge(Entry one, Entry other) {
        if (!(one instanceof Entry.Held a) || !(other instanceof Entry.Held b)) {
            return other;
        }
        Set<String> keys = new TreeSet<>(a.batch().actionKeys());
        keys.addAll(b.batch().actionKeys());
        HeldBatch first = a.batch();
        return new Entry.Held(new HeldBatch(first.hash(), first.policy(), first.since(), first.counts(), keys));
    }

    private static String line(Entry entry) {
        if (entry instanceof Entry.Link e) {
            PersonLink link = e.link();
            return "L " + link.person() + " " + link.user() + " " + link.policy();
        }
        if (entry instanceof Entry.Taken e) {
            Hold hold = e.hold();
            return "H " + hold.user() + " " + hold.person() + " " + hold.policy() + " " + hold.reason() + " "
                    + (hold.froze() ? "froze" : "-") + " " + (hold.deactivated() ? "deactivated" : "-") + " "
                    + hold.since();
        }
        if (entry instanceof Entry.Intent e) {
            CreateIntent intent = e.intent();
            return "I " + intent.person() + " " + URLEncoder.encode(intent.username(), StandardCharsets.UTF_8) + " "
                    + intent.policy() + " " + intent.since();
        }
        if (entry instanceof Entry.Email e) {
            PendingEmail pending = e.pending();
            return "E " + pending.user() + " " + pending.addressDigest() + " " + pending.since() + " "
                    + pending.shownDigest();
        }
        if (entry instanceof Entry.Released e) {
            return "R " + e.batch().policy() + " " + e.batch().hash() + " "
                    + e.batch().since();
        }
        if (entry instanceof Entry.Given e) {
            return GivenLine.write(e);
        }
        if (entry instanceof Entry.Newcomer e) {
            return "N " + e.person() + " " + e.policy();
        }
        if (entry instanceof Entry.Position e) {
            return "P " + e.policy() + " " + e.text();
        }
        SpentAllowance spent = ((Entry.Spent) entry).allowance();
        return "S " + spent.kind() + " " + spent.hour() + " " + spent.count();
    }

    /** Throws {@link IllegalArgumentException} for a line of no known kind. */
    static Entry read(String line) {
        List<String> w = List.of(line.split(" ", -1));
        return switch (w.get(0)) {
            case "L" ->
                new Entry.Link(new PersonLink(ObjectGuid.parse(w.get(1)), new SalesforceId(w.get(2)), w.get(3)));
            case "H" ->
                new Entry.Taken(new Hold(
                        new SalesforceId(w.get(1)),
                        ObjectGuid.parse(w.get(2)),
                        w.get(3),
                        w.get(4),
                        w.get(5).equals("froze"),
                        w.get(6).equals("deactivated"),
                        Instant.parse(w.get(7))));
            case "I" ->
                new Entry.Intent(new CreateIntent(
                        ObjectGuid.parse(w.get(1)),
                        URLDecoder.decode(w.get(2), StandardCharsets.UTF_8),
                        w.get(3),
                        Instant.parse(w.get(4))));
            case "B" ->
                new Entry.Held(new HeldBatch(
                        w.get(2),
                        w.get(1),
                        Instant.parse(w.get(3)),
                        counts(w.get(4)),
                        Set.of(w.get(5).split(",", -1))));
            case "E" ->
                new Entry.Email(new PendingEmail(
                        new SalesforceId(w.get(1)),
                        w.get(2),
                        // Earlier lines end before it.
                        w.size() > 4 ? w.get(4) : "",
                        Instant.parse(w.get(3))));
            case "S" ->
                new Entry.Spent(new SpentAllowance(w.get(1), Instant.parse(w.get(2)), Integer.parseInt(w.get(3))));
            case "R" -> new Entry.Released(new ReleasedBatch(w.get(1), w.get(2), Instant.parse(w.get(3))));
            case "N" -> new Entry.Newcomer(ObjectGuid.parse(w.get(1)), w.get(2));
            case "G" -> GivenLine.read(w);
            case "P" -> new Entry.Position(w.get(1), w.get(2));
            default -> throw new IllegalArgumentException("unknown ledger line of kind '" + w.get(0) + "'");
        };
    }

    private static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                counts.put(pair.substring(0, equals), Integer.parseInt(pair.substring(equals + 1)));
            }
        }
        return counts;
    }
}
