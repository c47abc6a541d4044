package dev.salesforcesync.ledger;

import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.SalesforceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was given to one user as a line: the user, then for each policy its rights as a letter for the kind and the first
 * 15 characters of the id, which are all that tell ids apart. A user with three rights costs some 90 bytes, so that
 * 100,000 of them fill 150 shards.
 */
final class GivenLine {
    private static final int ID = 15;
    private static final Map<EntitlementKind, String> LETTERS = Map.of(
            EntitlementKind.PERMISSION_SET, "P",
            EntitlementKind.PERMISSION_SET_GROUP, "S",
            EntitlementKind.PERMISSION_SET_LICENSE, "L",
            EntitlementKind.PUBLIC_GROUP, "G",
            EntitlementKind.QUEUE, "Q");

    private GivenLine() {}

    static String write(Entry.Given given) {
        Map<String, TreeSet<String>> byPolicy = new TreeMap<>();
        given.by()
                .forEach((right, policy) -> byPolicy.computeIfAbsent(policy, any -> new TreeSet<>())
                        .add(LETTERS.get(right.kind()) + shortened(right.entitlement())));
        StringBuilder line = new StringBuilder("G ").append(shortened(given.user()));
        byPolicy.forEach(
                (policy, rights) -> line.append(' ').append(policy).append('=').append(String.join(",", rights)));
        return line.toString();
    }

    private static String shortened(SalesforceId id) {
        return id.value().substring(0, ID);
    }

    static Entry.Given read(List<String> words) {
        Map<GivenRight, String> by = new HashMap<>();
        for (String word : words.subList(2, words.size())) {
            int equals = word.indexOf('=');
            String policy = word.substring(0, equals).intern();
            for (String right : word.substring(equals + 1).split(",", -1)) {
                by.put(new GivenRight(kind(right.substring(0, 1)), new SalesforceId(right.substring(1))), policy);
            }
        }
        return new Entry.Given(new SalesforceId(words.get(1)), by);
    }

    private static EntitlementKind kind(String letter) {
        return LETTERS.entrySet().stream()
                .filter(known -> known.getValue().equals(letter))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown kind of right '" + letter + "'"));
    }
}
