package dev.salesforcesync.sandbox.salesforce.org;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Query results that a client pages through: at most ten open per user, the oldest is dropped. */
final class Cursors {
    private static final int OPEN_PER_USER = 10;

    private final Map<String, Cursor> open = new LinkedHashMap<>();
    private long made;

    /** A result kept for later pages. */
    record Cursor(String key, String userId, Queries.Found found) {}

    synchronized Cursor keep(String userId, Queries.Found found) {
        String key = SalesforceId.of("01g", "dE0", ++made);
        List<String> mine = open.values().stream()
                .filter(cursor -> cursor.userId().equals(userId))
                .map(Cursor::key)
                .toList();
        if (mine.size() >= OPEN_PER_USER) {
            open.remove(mine.get(0));
        }
        var cursor = new Cursor(key, userId, found);
        open.put(key, cursor);
        return cursor;
    }

    synchronized Optional<Cursor> find(String key, String userId) {
        return Optional.ofNullable(open.get(key))
                .filter(cursor -> cursor.userId().equals(userId));
    }

    synchronized void close(String key) {
        open.remove(key);
    }
}
