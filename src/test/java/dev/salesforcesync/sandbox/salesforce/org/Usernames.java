package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The usernames of several orgs: each exists once, ignoring case, whether its user is active or not (Object
 * Reference, User.Username).
 */
public final class Usernames {
    /** The register of all orgs of this process. */
    public static final Usernames OF_THIS_PROCESS = new Usernames();

    private final ConcurrentMap<String, Object> owners = new ConcurrentHashMap<>();

    /** Takes a username; false when it is taken already, by whichever org. */
    boolean claim(String username, Object owner) {
        return owners.putIfAbsent(username.toLowerCase(Locale.ROOT), owner) == null;
    }

    void release(String username, Object owner) {
        owners.remove(username.toLowerCase(Locale.ROOT), owner);
    }

    void releaseAll(Object owner) {
        owners.values().removeIf(taken -> taken == owner);
    }
}
