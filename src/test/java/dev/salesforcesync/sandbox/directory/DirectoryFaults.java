package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What can be made to go wrong in the sandbox directory. Faults that end a search strike once, at the first subtree
 * search that gets that far, and are gone then; the others last until {@link #clear()}.
 */
public final class DirectoryFaults {
    private final Set<DN> hidden = ConcurrentHashMap.newKeySet();
    private final Map<DN, String> hiddenOf = new ConcurrentHashMap<>();
    private final AtomicInteger emptyPages = new AtomicInteger();
    private final Set<String> hiddenAttributes = ConcurrentHashMap.newKeySet();
    private Optional<Strike> strike = Optional.empty();
    private final AtomicInteger rangesUntilCut = new AtomicInteger(-1);
    private final AtomicBoolean rangeRestarts = new AtomicBoolean();
    private final AtomicInteger rangesUntilEvent = new AtomicInteger(-1);
    private volatile Runnable event = () -> {};
    private final AtomicInteger searchesUntilTrouble = new AtomicInteger();
    private volatile Trouble trouble = Trouble.CUT;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean references;
    private volatile Optional<String> hideLater = Optional.empty();
    private final AtomicInteger searchesUntilHidden = new AtomicInteger(-1);
    private volatile boolean pagingIgnored;
    private volatile boolean resultsCounted;
    private volatile boolean tombstonesReadable = true;
    private volatile boolean replicationAllowed = true;
    private volatile boolean cookiesRejected;
    private volatile boolean dirSyncKnown = true;

    DirectoryFaults() {}

    /** How a subtree search ends early: with a result code, or with none when the connection is cut. */
    record Strike(int afterEntries, Optional<ResultCode> code) {}

    /** Cuts the connection after that many more entries of subtree searches, over all their pages. */
    public synchronized void cutConnectionAfter(int entries) {
        strike = Optional.of(new Strike(entries, Optional.empty()));
    }

    /** Ends a search with a code, such as sizeLimitExceeded, after that many more entries. */
    public synchronized void endSearchAfter(int entries, ResultCode code) {
        strike = Optional.of(new Strike(entries, Optional.of(code)));
    }

    /** Cuts the connection at the n-th following request for a range of values, 1 being the next. */
    public void cutConnectionAtRange(int request) {
        rangesUntilCut.set(request);
    }

    /** Lets something happen right before the n-th following request for a range of values, 1 being the next. */
    public void beforeRange(int request, Runnable happens) {
        event = happens;
        rangesUntilEvent.set(request);
    }

    /** Whether {@link #beforeRange} came to pass. */
    public boolean hasHappened() {
        return rangesUntilEvent.get() == 0;
    }

    /** Hands out the first range once more at the next request for a later one, as after a failover in the server. */
    public void restartNextRange() {
        rangeRestarts.set(true);
    }

    boolean restartsThisRange(String attribute) {
        return !attribute.contains(";range=0-") && rangeRestarts.getAndSet(false);
    }

    /** What becomes of one request. */
    public enum Trouble {
        /** The connection is cut. */
        CUT,
        /** It ends at a limit without any entry. */
        LIMIT,
        /** The server has no time for it. */
        BUSY,
        /** It may not be asked. */
        REFUSED,
        /** The answer takes a second. */
        SLOW,
        /** Another server is named for the rest. */
        REFERENCE,
        /** Whether there are more pages is not said. */
        UNPAGED
    }

    /** Troubles one search for people, groups or members or for the start of changes, 1 being the next. */
    public void troubleAt(int search, Trouble trouble) {
        this.trouble = trouble;
        searchesUntilTrouble.set(search);
    }

    /** Whether {@link #troubleAt} has struck. */
    public boolean hasStruck() {
        return searchesUntilTrouble.get() <= 0;
    }

    /** The trouble of a search that begins; a single object's answer has neither pages nor a rest elsewhere. */
    Optional<Trouble> troubleNow(boolean subtree) {
        boolean fits = subtree || (trouble != Trouble.REFERENCE && trouble != Trouble.UNPAGED);
        return fits && searchesUntilTrouble.get() > 0 && searchesUntilTrouble.decrementAndGet() == 0
                ? Optional.of(trouble)
                : Optional.empty();
    }

    /** Hides a subtree, as a lost right does: searches pass over it in silence, its base is not found. */
    public void hide(String dn) {
        try {
            hidden.add(new DN(dn));
        } catch (LDAPException e) {
            throw new IllegalArgumentException("not a DN", e);
        }
    }

    /** Hides a subtree after that many more searches. */
    public void hideLater(String dn, int searches) {
        hideLater = Optional.of(dn);
        searchesUntilHidden.set(searches);
    }

    /** Counts a search that begins. */
    void beforeSearch() {
        if (searchesUntilHidden.getAndDecrement() == 0) {
            hideLater.ifPresent(this::hide);
        }
    }

    /** Hides an attribute on all objects. */
    public void hideAttribute(String name) {
        hiddenAttributes.add(name.toLowerCase(Locale.ROOT));
    }

    /** Hides an attribute on one object, as a lost right to read it does. */
    public void hideAttributeOf(String dn, String name) {
        try {
            hiddenOf.put(new DN(dn), name);
        } catch (LDAPException e) {
            throw new IllegalArgumentException("not a DN", e);
        }
    }

    /** Lets that many searches end with an empty page where a further page was announced. */
    public void emptyLaterPages(int searches) {
        emptyPages.set(searches);
    }

    /** Tells how many entries a paged search found, and announces another page after each full one, as Samba does. */
    public void countResults() {
        resultsCounted = true;
    }

    boolean countsResults() {
        return resultsCounted;
    }

    boolean emptiesThisPage() {
        return emptyPages.get() > 0 && emptyPages.getAndDecrement() > 0;
    }

    /** What is left of an entry as the reader may see it. */
    Entry show(DN dn, Entry entry) {
        Optional.ofNullable(hiddenOf.get(dn)).ifPresent(name -> {
            for (Attribute attribute : List.copyOf(entry.getAttributes())) {
                if (attribute.getBaseName().equalsIgnoreCase(name)) {
                    entry.removeAttribute(attribute.getName());
                }
            }
        });
        return entry;
    }

    /** Makes every search wait first. */
    public void slow(Duration each) {
        delay = each;
    }

    /** Answers subtree searches with a continuation reference, domain-scope control or not. */
    public void sendReferences() {
        references = true;
    }

    /** Answers paged searches without the paging control. */
    public void ignorePaging() {
        pagingIgnored = true;
    }

    /** Takes away the right to see deleted objects, which ordinary accounts lack in a real domain. */
    public void hideTombstones() {
        tombstonesReadable = false;
    }

    /** Takes away the right to replicate changes; what the reader may read can still be followed. */
    public void withholdReplication() {
        replicationAllowed = false;
    }

    /** Takes no DirSync cookie back, as a server of another version may do. */
    public void rejectCookies() {
        cookiesRejected = true;
    }

    /** Knows no DirSync control at all. */
    public void withoutDirSync() {
        dirSyncKnown = false;
    }

    /** Ends all faults. */
    public synchronized void clear() {
        hidden.clear();
        hiddenAttributes.clear();
        hiddenOf.clear();
        emptyPages.set(0);
        strike = Optional.empty();
        hideLater = Optional.empty();
        rangesUntilCut.set(-1);
        rangesUntilEvent.set(-1);
        rangeRestarts.set(false);
        searchesUntilTrouble.set(0);
        delay = Duration.ZERO;
        references = false;
        pagingIgnored = false;
        resultsCounted = false;
        tombstonesReadable = true;
        replicationAllowed = true;
        cookiesRejected = false;
        dirSyncKnown = true;
    }

    boolean replicationAllowed() {
        return replicationAllowed;
    }

    boolean cookiesRejected() {
        return cookiesRejected;
    }

    boolean dirSyncKnown() {
        return dirSyncKnown;
    }

    boolean isHidden(DN dn) {
        return !hidden.isEmpty() && hidden.stream().anyMatch(base -> dn.isDescendantOf(base, true));
    }

    Set<String> hiddenAttributes() {
        return Set.copyOf(hiddenAttributes);
    }

    Duration delay() {
        return delay;
    }

    boolean references() {
        return references;
    }

    boolean pagingIgnored() {
        return pagingIgnored;
    }

    boolean tombstonesReadable() {
        return tombstonesReadable;
    }

    boolean cutsThisRange() {
        if (rangesUntilEvent.get() > 0 && rangesUntilEvent.decrementAndGet() == 0) {
            event.run();
        }
        return rangesUntilCut.get() > 0 && rangesUntilCut.decrementAndGet() == 0;
    }

    /** Counts one entry about to be sent; the strike when it must not be sent any more. */
    synchronized Optional<Strike> beforeEntry() {
        if (strike.isEmpty()) {
            return strike;
        }
        Strike now = strike.get();
        strike = now.afterEntries() <= 0
                ? Optional.empty()
                : Optional.of(new Strike(now.afterEntries() - 1, now.code()));
        return now.afterEntries() <= 0 ? Optional.of(now) : Optional.empty();
    }
}
