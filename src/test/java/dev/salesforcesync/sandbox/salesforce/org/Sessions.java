package dev.salesforcesync.sandbox.salesforce.org;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The open sessions of an org. A session ends when it is revoked or was not used for the org's time-out. */
public final class Sessions {
    private static final int KEY_BYTES = 72;

    private final String orgId;
    private final Clock clock;
    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();

    private record Open(Session session, Instant lastUse) {}

    Sessions(String orgId, Clock clock, Duration timeout) {
        this.orgId = orgId;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Opens a session; its key looks like a real one: the org's short id, "!", random text. */
    public Session open(String userId) {
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key = orgId.substring(0, 15) + "!"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replace('-', '.');
        var session = new Session(key, userId);
        keys.add(key);
        open.put(key, new Open(session, clock.instant()));
        return session;
    }

    /** The session under this key, if it still lives; asking counts as use. */
    public Optional<Session> use(String key) {
        Instant now = clock.instant();
        Open found = open.computeIfPresent(
                key, (k, old) -> old.lastUse().plus(timeout).isBefore(now) ? null : new Open(old.session(), now));
        return Optional.ofNullable(found).map(Open::session);
    }

    /** The keys of all sessions that were ever opened, for those who look whether one became known. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    /** Ends a session; false when there is none under this key. */
    public boolean revoke(String key) {
        return open.remove(key) != null;
    }

    /** Ends all sessions, as an administrator can. */
    public void revokeAll() {
        open.clear();
    }

    /** Ends all sessions of one user. */
    public void revokeAllOf(String userId) {
        open.values().removeIf(session -> session.session().userId().equals(userId));
    }

    public Duration timeout() {
        return timeout;
    }

    public int size() {
        return open.size();
    }
}
