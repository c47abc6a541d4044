package dev.salesforcesync.soak;

import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.RowConcerned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds writes that were sent again although nobody knew what had become of the first: after a write whose answer was
 * lost, no other may concern the same record or username until a query of that object was answered in whole.
 */
final class BlindRepeats {
    /** Faults after which the client cannot know what became of its rows, although something may have come back. */
    private static final Set<String> LEAVE_DOUBT = Set.of(
            "Html503",
            "Empty503",
            "ServerUnavailable",
            "CloseBeforeCommit",
            "CloseAfterCommit",
            "TruncatedAnswer",
            "UnknownSoapHeader");

    /** Leaves doubt, too, if the call had the row that it was meant for. */
    private static final String UNKNOWN_CODE = "UnknownStatusCode";

    private final Map<String, Map<String, Long>> inDoubt = new HashMap<>();
    private final Map<String, String> vainReads = new HashMap<>();
    private final List<String> found = new ArrayList<>();
    private int lost;

    /** Reads on in the journal, oldest call first. */
    void read(List<Journal.Entry> entries) {
        entries.forEach(this::read);
    }

    /** What was found so far, in words. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** Writes so far whose answer was lost. */
    int lost() {
        return lost;
    }

    private void read(Journal.Entry entry) {
        Call call = entry.call();
        if (call.write()) {
            write(entry);
        } else if (call.operation().startsWith("query") && !call.limited()) {
            if (isWholeAnswer(entry)) {
                inDoubt.remove(call.objectType());
                vainReads.remove(call.objectType());
            } else {
                vainReads.merge(
                        call.objectType(),
                        " [" + entry.number() + " " + entry.outcome() + " " + entry.fault() + "]",
                        String::concat);
            }
        }
    }

    /** A header that nobody knows spoils answers of SOAP only. */
    private static boolean isWholeAnswer(Journal.Entry entry) {
        boolean spoiled =
                entry.call().protocol().equals("SOAP") && entry.fault().equals("UnknownSoapHeader");
        return entry.answered() && entry.outcome().equals(Journal.OK) && !spoiled;
    }

    private void write(Journal.Entry entry) {
        Map<String, Long> open = inDoubt.computeIfAbsent(entry.call().objectType(), any -> new HashMap<>());
        for (RowConcerned row : entry.call().concerned()) {
            for (String key : keys(row)) {
                Long first = open.get(key);
                if (first != null) {
                    found.add("call " + entry.number() + " (" + entry.call().operation() + " "
                            + entry.call().objectType() + ") repeats call " + first + " for " + key
                            + " without a read in between; reads in vain:"
                            + vainReads.getOrDefault(entry.call().objectType(), " none"));
                }
            }
        }
        boolean spoiled = entry.fault().equals(UNKNOWN_CODE) && !entry.errors().isEmpty();
        if (!entry.answered() || LEAVE_DOUBT.contains(entry.fault()) || spoiled) {
            lost++;
            entry.call().concerned().forEach(row -> keys(row).forEach(key -> open.put(key, entry.number())));
        }
    }

    private static List<String> keys(RowConcerned row) {
        return List.of(row.id(), row.username()).stream()
                .filter(key -> !key.isEmpty())
                .toList();
    }
}
