package dev.salesforcesync.ledger;

import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.ReleasedBatch;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SpentAllowance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger's entries by what they are about. The maps handed out are live, read-only views. */
final class Memories {
    /** For what is not of many. */
    static final int NOWHERE = -1;

    private final LinkMap links = new LinkMap();
    private final Map<SalesforceId, Hold> holds = new ConcurrentHashMap<>();
    private final Map<ObjectGuid, CreateIntent> intents = new ConcurrentHashMap<>();
    private final Map<ObjectGuid, String> newcomers = new ConcurrentHashMap<>();
    private final Map<String, HeldBatch> batches = new ConcurrentHashMap<>();
    private final Map<SalesforceId, PendingEmail> emails = new ConcurrentHashMap<>();
    private final Map<String, SpentAllowance> spent = new ConcurrentHashMap<>();
    private final Map<String, ReleasedBatch> released = new ConcurrentHashMap<>();
    private final GivenMap given = new GivenMap();

    private final Map<String, String> positions = new ConcurrentHashMap<>();

    Map<ObjectGuid, PersonLink> links() {
        return Collections.unmodifiableMap(links);
    }

    Map<SalesforceId, Hold> holds() {
        return Collections.unmodifiableMap(holds);
    }

    Map<ObjectGuid, CreateIntent> intents() {
        return Collections.unmodifiableMap(intents);
    }

    Map<ObjectGuid, String> newcomers() {
        return Collections.unmodifiableMap(newcomers);
    }

    Collection<HeldBatch> heldBatches() {
        return Collections.unmodifiableCollection(batches.values());
    }

    Map<SalesforceId, PendingEmail> pendingEmails() {
        return Collections.unmodifiableMap(emails);
    }

    Collection<SpentAllowance> spent() {
        return Collections.unmodifiableCollection(spent.values());
    }

    Collection<ReleasedBatch> releasedBatches() {
        return Collections.unmodifiableCollection(released.values());
    }

    Map<SalesforceId, Map<GivenRight, String>> given() {
        return Collections.unmodifiableMap(given);
    }

    /** Adds what one of several lines says of an entry. */
    void addPart(Entry entry, int part) {
        HeldBatch begun = batches.get(entry.key());
        remember(part == 0 || begun == null ? entry : EntryLines.merge(new Entry.Held(begun), entry), NOWHERE);
    }

    /** A change of a part of an entry as a change of the whole: several calls at once may concern one user. */
    LedgerChange settled(LedgerChange change) {
        if (change instanceof LedgerChange.Give give) {
            Map<GivenRight, String> by = new HashMap<>(given.getOrDefault(give.user(), Map.of()));
            by.put(give.right(), give.policy());
            return new LedgerChange.Put(new Entry.Given(give.user(), by));
        }
        if (change instanceof LedgerChange.TakeBack back) {
            Map<GivenRight, String> by = new HashMap<>(given.getOrDefault(back.user(), Map.of()));
            by.remove(back.right());
            return by.isEmpty()
                    ? new LedgerChange.Remove(back.key())
                    : new LedgerChange.Put(new Entry.Given(back.user(), by));
        }
        return change;
    }

    /** Whether there may be one for each person: of these is known in which shard they are, and their lines are not kept. */
    static boolean isOfMany(String key) {
        return key.charAt(0) == 'L' || key.charAt(0) == 'G';
    }

    /** The shard in which an entry of many is stored; negative if there is none. */
    int shardOf(String key) {
        String rest = key.substring(2);
        return key.charAt(0) == 'L' ? links.shardOf(ObjectGuid.parse(rest)) : given.shardOf(new SalesforceId(rest));
    }

    /** The line of an entry of many that is remembered. */
    String lineOf(String key) {
        String rest = key.substring(2);
        return EntryLines.write(
                        key.charAt(0) == 'L'
                                ? link(Objects.requireNonNull(links.get(ObjectGuid.parse(rest))))
                                : given(new SalesforceId(rest)))
                .get(0);
    }

    private static Entry link(PersonLink link) {
        return new Entry.Link(link);
    }

    private Entry given(SalesforceId user) {
        return new Entry.Given(user, given.getOrDefault(user, Map.of()));
    }

    /** The lines of those of the entries of many that are stored in a shard. */
    List<String> linesIn(int shard) {
        List<String> lines = new ArrayList<>();
        links.forEachIn(shard, row -> lines.addAll(EntryLines.write(link(links.valueAt(row)))));
        given.forEachIn(shard, row -> lines.addAll(EntryLines.write(given(given.keyAt(row)))));
        return lines;
    }

    /** @param shard where it is stored, if it is one of many */
    void remember(Entry entry, int shard) {
        if (entry instanceof Entry.Link e) {
            links.store(e.link().person(), e.link(), shard);
        } else if (entry instanceof Entry.Taken e) {
            holds.put(e.hold().user(), e.hold());
        } else if (entry instanceof Entry.Intent e) {
            intents.put(e.intent().person(), e.intent());
        } else if (entry instanceof Entry.Newcomer e) {
            newcomers.put(e.person(), e.policy());
        } else if (entry instanceof Entry.Held e) {
            batches.put(e.key(), e.batch());
        } else if (entry instanceof Entry.Email e) {
            emails.put(e.pending().user(), e.pending());
        } else if (entry instanceof Entry.Spent e) {
            spent.put(e.key(), e.allowance());
        } else if (entry instanceof Entry.Given e) {
            store(e, shard);
        } else if (entry instanceof Entry.Position e) {
            positions.put(e.policy(), e.text());
        } else if (entry instanceof Entry.Released e) {
            released.put(e.key(), e.batch());
        }
    }

    private void store(Entry.Given entry, int shard) {
        if (entry.by().isEmpty()) {
            given.drop(entry.user());
        } else {
            given.store(entry.user(), entry.by(), shard);
        }
    }

    Map<String, String> positions() {
        return Collections.unmodifiableMap(positions);
    }

    void forget(String key) {
        String rest = key.substring(2);
        switch (key.charAt(0)) {
            case 'L' -> links.drop(ObjectGuid.parse(rest));
            case 'H' -> holds.remove(new SalesforceId(rest));
            case 'I' -> intents.remove(ObjectGuid.parse(rest));
            case 'N' -> newcomers.remove(ObjectGuid.parse(rest));
            case 'B' -> batches.remove(key);
            case 'E' -> emails.remove(new SalesforceId(rest));
            case 'S' -> spent.remove(key);
            case 'R' -> released.remove(key);
            case 'G' -> given.drop(new SalesforceId(rest));
            case 'P' -> positions.remove(rest);
            default -> throw new IllegalArgumentException("unknown ledger key");
        }
    }
}
