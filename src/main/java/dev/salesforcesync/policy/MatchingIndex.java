package dev.salesforcesync.policy;

import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.CompiledPolicy.CompiledKey;
import dev.salesforcesync.policy.expression.Facts;
import dev.salesforcesync.policy.expression.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Users by the values of the matching fields. */
final class MatchingIndex {
    /** Fields that Salesforce compares without regard to case. */
    private static final Set<String> CASELESS = Set.of("Username", "Email");

    private final List<CompiledKey> keys;
    private final Map<String, Map<String, List<SalesforceUser>>> byField = new HashMap<>();

    MatchingIndex(CompiledPolicy policy, Collection<SalesforceUser> users) {
        this.keys = policy.matching();
        for (CompiledKey key : keys) {
            Map<String, List<SalesforceUser>> byValue = new HashMap<>();
            for (SalesforceUser user : users) {
                user.field(key.field())
                        .map(value -> normal(key.field(), value))
                        .filter(value -> !value.isEmpty())
                        .ifPresent(value -> byValue.computeIfAbsent(value, any -> new ArrayList<>())
                                .add(user));
            }
            byField.put(key.field(), byValue);
        }
    }

    /**
     * What the first key that finds anybody finds.
     *
     * @param failed a key before that had no answer for the person, other than for want of an attribute
     * @param field the User field of that key; empty without one
     */
    record Match(boolean failed, List<SalesforceUser> users, String field) {}

    Match match(Facts facts) {
        for (CompiledKey key : keys) {
            Outcome outcome = key.expression().evaluate(facts);
            if (outcome instanceof Outcome.Failed failure && !failure.code().equals("AttributeMissing")) {
                return new Match(true, List.of(), "");
            }
            if (outcome instanceof Outcome.Text text) {
                List<SalesforceUser> users = byField.getOrDefault(key.field(), Map.of())
                        .getOrDefault(normal(key.field(), text.value()), List.of());
                if (!users.isEmpty()) {
                    return new Match(false, users, key.field());
                }
            }
        }
        return new Match(false, List.of(), "");
    }

    /** What a person is to be found by: normalised values by field. */
    static Map<String, Set<String>> values(CompiledPolicy policy, Facts facts) {
        Map<String, Set<String>> values = new HashMap<>();
        for (CompiledKey key : policy.matching()) {
            if (key.expression().evaluate(facts) instanceof Outcome.Text text) {
                String value = normal(key.field(), text.value());
                if (!value.isEmpty()) {
                    values.computeIfAbsent(key.field(), any -> new HashSet<>()).add(value);
                }
            }
        }
        return values;
    }

    static String normal(String field, String value) {
        String stripped = value.strip();
        return CASELESS.contains(field) ? stripped.toLowerCase(Locale.ROOT) : stripped;
    }
}
