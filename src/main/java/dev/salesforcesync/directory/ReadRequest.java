package dev.salesforcesync.directory;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a policy wants to know of a domain.
 *
 * @param searches where to look for people; at least one
 * @param groups groups whose nested membership matters, each as the policy names it: a DN, a common name or a
 *     sAMAccountName
 * @param attributes the attributes that rules read, beside those that identity and account state need
 * @param minimumPeople a read that finds fewer proves nothing
 * @param canaries DNs that must be found for a read to prove anything
 * @param inactivity lengths of time without a logon after which somebody is to be looked at again
 */
public record ReadRequest(
        List<Search> searches,
        Set<String> groups,
        Set<String> attributes,
        int minimumPeople,
        List<String> canaries,
        Set<Duration> inactivity) {
    public ReadRequest {
        searches = List.copyOf(searches);
        groups = Set.copyOf(groups);
        attributes = Set.copyOf(attributes);
        canaries = List.copyOf(canaries);
        inactivity = Set.copyOf(inactivity);
    }

    /** A request that does not ask about inactivity. */
    public ReadRequest(
            List<Search> searches,
            Set<String> groups,
            Set<String> attributes,
            int minimumPeople,
            List<String> canaries) {
        this(searches, groups, attributes, minimumPeople, canaries, Set.of());
    }

    /**
     * One subtree search.
     *
     * @param baseDn where; the empty string stands for the root of the domain
     * @param filter which people (RFC 4515)
     */
    public record Search(String baseDn, String filter) {}
}
