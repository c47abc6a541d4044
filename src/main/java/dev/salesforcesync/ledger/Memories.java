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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger's entries by what they are about. The maps handed out are live, read-only views. */
final class Memories {
    private final Map<ObjectGuid, PersonLink> links = new ConcurrentHashMap<>();
    private final Map<SalesforceId, Hold> holds = new ConcurrentHashMap<>();
    private final Map<ObjectGuid, CreateIntent> intents = new ConcurrentHashMap<>();
    private final Map<ObjectGuid, String> newcomers = new ConcurrentHashMap<>();
    private final Map<String, HeldBatch> batches = new ConcurrentHashMap<>();
    private final Map<SalesforceId, PendingEmail> emails = new ConcurrentHashMap<>();
    private final Map<String, SpentAllowance> spent = new ConcurrentHashMap<>();
    private final Map<String, ReleasedBatch> released = new ConcurrentHashMap<>();
    private final Map<SalesforceId, Map<GivenRight, String>> given = new ConcurrentHashMap<>();

    /** One object for each right there is, not one for each of its holders. */
    private final Map<GivenRight, GivenRight> rights = new ConcurrentHashMap<>();

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
        remember(part == 0 || begun == null ? entry : EntryLines.merge(new Entry.Held(begun), entry));
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

    void remember(Entry entry) {
        if (entry instanceof Entry.Link e) {
            links.put(e.link().person(), e.link());
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
            Map<GivenRight, String> by = new HashMap<>();
            e.by().forEach((right, policy) -> by.put(rights.computeIfAbsent(right, first -> first), policy));
            given.put(e.user(), Map.copyOf(by));
        } else if (entry instanceof Entry.Position e) {
            positions.put(e.policy(), e.text());
        } else if (entry instanceof Entry.Released e) {
            released.put(e.key(), e.batch());
        }
    }

    Map<String, String> positions() {
        return Collections.unmodifiableMap(positions);
    }

    void forget(String key) {
        String rest = key.substring(2);
        switch (key.charAt(0)) {
            case 'L' -> links.remove(ObjectGuid.parse(rest));
            case 'H' -> holds.remove(new SalesforceId(rest));
            case 'I' -> intents.remove(ObjectGuid.parse(rest));
            case 'N' -> newcomers.remove(ObjectGuid.parse(rest));
            case 'B' -> batches.remove(key);
            case 'E' -> emails.remove(new SalesforceId(rest));
            case 'S' -> spent.remove(key);
            case 'R' -> released.remove(key);
            case 'G' -> given.remove(new SalesforceId(rest));
            case 'P' -> positions.remove(rest);
            default -> throw new IllegalArgumentException("unknown ledger key");
        }
    }
}
