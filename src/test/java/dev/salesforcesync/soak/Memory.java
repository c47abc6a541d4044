package dev.salesforcesync.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What happened that neither side shows any more: who was hired, who got which user, what people did by hand. */
final class Memory {
    /** The user of each employee, from when he was first seen on. */
    final Map<String, String> userOf = new HashMap<>();

    /** Everybody ever hired. */
    final Set<String> hired = new HashSet<>();

    /** Whom a person deactivated in Salesforce: nobody else may activate them. */
    final Set<String> deactivatedByHand = new HashSet<>();

    final Set<String> frozenByHand = new HashSet<>();

    /** Everybody who had left at some time: what was taken then is not given back while somebody else's hand is on him. */
    final Set<String> everGone = new HashSet<>();

    /** Titles given by hand, by user: no rule is about them. */
    final Map<String, String> titles = new HashMap<>();

    /** Users that stand for nobody, by id, with their last names. */
    final Map<String, String> strangers = new HashMap<>();

    /** Assignments made by hand. */
    final Set<String> assignments = new HashSet<>();

    /** Whether a person's hand keeps this user inactive or would, so that he keeps even his name. */
    boolean keptAsIs(String employee) {
        return deactivatedByHand.contains(employee) || (frozenByHand.contains(employee) && everGone.contains(employee));
    }
}
