package dev.salesforcesync.policy;

import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom to look for among all users, on behalf of people who have none or should have another name. */
final class UserSearch {
    private final CompiledPolicy policy;
    private final Set<String> usernames = new HashSet<>();
    private final Set<String> identities = new HashSet<>();
    private final Map<String, Set<String>> values = new HashMap<>();

    UserSearch(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** Looks for every user whom somebody without one may be meant to have. */
    void userFor(Person person, Set<String> groups, Instant now) {
        identities.add(person.guid().toString());
        policy.rules().links().stream()
                .filter(link -> link.person().equals(person.guid()))
                .map(LinkByHand::username)
                .forEach(name -> usernames.add(lower(name)));
        MatchingIndex.values(policy, policy.facts(person, groups, now))
                .forEach((field, texts) ->
                        values.computeIfAbsent(field, any -> new HashSet<>()).addAll(texts));
    }

    /** Looks for whoever holds one of these names, unless they are for a user who has one of them. */
    void holderOf(Collection<String> names, Optional<SalesforceUser> user) {
        boolean has = user.map(SalesforceUser::username)
                .filter(own -> names.stream().anyMatch(name -> lower(name).equals(lower(own))))
                .isPresent();
        if (!has) {
            names.forEach(name -> usernames.add(lower(name)));
        }
    }

    boolean isEmpty() {
        return usernames.isEmpty() && identities.isEmpty() && values.isEmpty();
    }

    boolean finds(SalesforceUser user) {
        return (!usernames.isEmpty() && usernames.contains(lower(user.username())))
                || (!identities.isEmpty() && carriesIdentity(user))
                || values.entrySet().stream()
                        .anyMatch(wanted -> user.field(wanted.getKey())
                                .map(held -> MatchingIndex.normal(wanted.getKey(), held))
                                .filter(wanted.getValue()::contains)
                                .isPresent());
    }

    private boolean carriesIdentity(SalesforceUser user) {
        return policy.rules()
                .anchorField()
                .flatMap(user::field)
                .map(UserSearch::lower)
                .filter(identities::contains)
                .isPresent();
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
