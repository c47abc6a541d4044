package dev.salesforcesync.policy.expression;

import dev.salesforcesync.model.Person;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What expressions may know of one person. Attribute names are compared without regard to case.
 *
 * @param multi all values by attribute name; never an empty list
 * @param groups the policy's named groups that the person is in, as the policy names them
 * @param org {@code usernameSuffix}, {@code name} and {@code id}
 * @param lookups tables by name
 * @param variables results of variables that came before, by name
 * @param now the moment that counts as now
 */
public record Facts(
        Map<String, List<String>> multi,
        List<String> groups,
        Map<String, String> org,
        Map<String, Map<String, String>> lookups,
        Map<String, String> variables,
        boolean enabled,
        boolean expired,
        boolean lockedOut,
        Instant now) {
    public Facts {
        multi = multi instanceof EntryAttributes ? multi : copy(multi);
        groups = List.copyOf(groups);
        org = Map.copyOf(org);
        lookups = Map.copyOf(lookups);
        variables = Map.copyOf(variables);
    }

    /**
     * The attributes of a person's entry, his identity and place among them, for {@code multi}.
     *
     * @param person whose attributes are found without regard to case
     */
    public static Map<String, List<String>> attributes(Person person) {
        return new EntryAttributes(person.attributes(), person.guid().toString(), person.dn());
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> multi) {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        multi.forEach((name, values) -> {
            if (!values.isEmpty()) {
                copy.put(name, List.copyOf(values));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    /** The same person with the results of variables. */
    public Facts with(Map<String, String> results) {
        return new Facts(multi, groups, org, lookups, results, enabled, expired, lockedOut, now);
    }

    /** Never shows values, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Facts[]";
    }

    /** The first value of an attribute; empty if there is none. */
    public List<String> first(String attribute) {
        List<String> values = multi.get(attribute);
        return values == null ? List.of() : values.subList(0, 1);
    }

    /** First values by attribute name. */
    Map<String, String> user() {
        return new FirstValues(multi);
    }

    /** A view: most expressions read a few of many attributes. */
    private static final class FirstValues extends AbstractMap<String, String> {
        private final Map<String, List<String>> multi;

        FirstValues(Map<String, List<String>> multi) {
            this.multi = multi;
        }

        @Override
        public boolean containsKey(Object name) {
            return name instanceof String && multi.containsKey(name);
        }

        @Override
        @SuppressWarnings("NullAway") // null for a missing key is the contract of Map, which the library relies on
        public String get(Object name) {
            List<String> values = name instanceof String ? multi.get(name) : null;
            return values == null ? null : values.get(0);
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            TreeMap<String, String> firsts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            multi.forEach((name, values) -> firsts.put(name, values.get(0)));
            return firsts.entrySet();
        }
    }
}
