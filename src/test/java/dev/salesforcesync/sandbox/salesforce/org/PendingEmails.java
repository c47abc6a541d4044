package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses that users have not confirmed yet, by user id. */
final class PendingEmails {
    private final Map<String, String> byUser = new ConcurrentHashMap<>();

    Optional<String> of(String userId) {
        return Optional.ofNullable(byUser.get(userId));
    }

    void put(String userId, String address) {
        byUser.put(userId, address);
    }

    void restore(String userId, Optional<String> address) {
        address.ifPresentOrElse(value -> byUser.put(userId, value), () -> byUser.remove(userId));
    }

    Optional<String> take(String userId) {
        return Optional.ofNullable(byUser.remove(userId));
    }

    Map<String, String> all() {
        return Map.copyOf(byUser);
    }
}
