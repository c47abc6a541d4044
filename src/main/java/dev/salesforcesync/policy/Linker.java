package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.Linking.Code;
import dev.salesforcesync.policy.Linking.LinkProblem;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out which Salesforce user stands for which person: the ledger first, then links by hand, then the anchor, then
 * the matching keys by precedence. Whatever is not certain is a problem with a name, and is not acted on.
 */
public final class Linker {
    private final CompiledPolicy policy;
    private final LinkingInput input;
    private final Protection protection;
    private final Anchor anchor;
    private final Map<SalesforceId, SalesforceUser> users = new TreeMap<>();

    /** People who are meant and have neither user nor problem yet. */
    private final Set<ObjectGuid> open = new TreeSet<>();

    /** Users who stand for somebody, under whichever policy. */
    private final Set<SalesforceId> taken = new HashSet<>();

    /** For whom users stood before this run. */
    private final Map<SalesforceId, ObjectGuid> holders = new HashMap<>();

    private final Map<ObjectGuid, PersonLink> links = new TreeMap<>();
    private final List<PersonLink> found = new ArrayList<>();
    private final Map<ObjectGuid, String> foundBy = new TreeMap<>();
    private final List<LinkProblem> problems = new ArrayList<>();

    private Linker(CompiledPolicy policy, LinkingInput input) {
        this.policy = policy;
        this.input = input;
        this.protection = new Protection(policy.rules().connection(), input.org(), input.protectedUsers());
        this.anchor = new Anchor(policy.rules(), input.tombstones());
        input.users().forEach(user -> users.put(user.id(), user));
        input.known().forEach(link -> holders.put(link.user(), link.person()));
        input.desires().forEach((guid, desire) -> {
            if (!(desire instanceof Desire.OutOfScope)) {
                open.add(guid);
            }
        });
    }

    /** Pairs people and users; the answer does not depend on the order of anything that comes in. */
    public static Linking link(CompiledPolicy policy, LinkingInput input) {
        return new Linker(policy, input).link();
    }

    /**
     * What linking goes by.
     *
     * @param people everybody the directory showed, by identity
     * @param memberships the people of each group the policy names
     * @param desires what {@link CompiledPolicy#desires} said about them
     * @param users every user of the org, active or not
     * @param known links in the ledger, of every policy on the org
     * @param tombstones people whose entries are known to be deleted: their users may be found by somebody re-hired
     * @param priorities the priority of every living policy on the org, by {@code namespace/name}
     * @param claims whom each other living policy on the org means, by {@code namespace/name}; a policy that is not in
     *     it has not said so yet
     * @param protectedUsers users that nothing touches, beside those the rules name
     */
    public record LinkingInput(
            Map<ObjectGuid, Person> people,
            Map<String, Set<ObjectGuid>> memberships,
            Map<ObjectGuid, Desire> desires,
            Collection<SalesforceUser> users,
            Collection<PersonLink> known,
            Set<ObjectGuid> tombstones,
            Map<String, Integer> priorities,
            Map<String, Set<ObjectGuid>> claims,
            Set<SalesforceId> protectedUsers,
            OrgDescription org,
            Instant now) {
        public LinkingInput {
            people = Map.copyOf(people);
            memberships = Map.copyOf(memberships);
            desires = Map.copyOf(desires);
            users = List.copyOf(users);
            known = List.copyOf(known);
            tombstones = Set.copyOf(tombstones);
            priorities = Map.copyOf(priorities);
            claims = Map.copyOf(claims);
            protectedUsers = Set.copyOf(protectedUsers);
        }
    }

    private Linking link() {
        known();
        Map<ObjectGuid, SalesforceUser> proposals = new TreeMap<>();
        byHand(proposals);
        settle(proposals);
        byAnchor(proposals);
        settle(proposals);
        matching();
        links.values().forEach(link -> taken.add(link.user()));
        List<SalesforceId> orphans = users.values().stream()
                .filter(SalesforceUser::active)
                .filter(user -> !taken.contains(user.id()))
                .filter(user -> protection.of(user).isEmpty())
                .map(SalesforceUser::id)
                .toList();
        problems.sort(Comparator.comparing(LinkProblem::code)
                .thenComparing(p -> p.person().map(ObjectGuid::toString).orElse(""))
                .thenComparing(p -> p.user().map(SalesforceId::value).orElse("")));
        foundBy.keySet().retainAll(links.keySet());
        return new Linking(List.copyOf(links.values()), found, open, problems, orphans, foundBy);
    }

    private void known() {
        Map<SalesforceId, Integer> claims = new HashMap<>();
        Map<ObjectGuid, Integer> pairs = new HashMap<>();
        for (PersonLink link : Set.copyOf(input.known())) {
            claims.merge(link.user(), 1, Integer::sum);
            pairs.merge(link.person(), 1, Integer::sum);
            if (!input.tombstones().contains(link.person())) {
                taken.add(link.user());
            }
        }
        for (PersonLink link : Set.copyOf(input.known())) {
            boolean ours = link.policy().equals(policy.rules().policy());
            if (!ours && !open.contains(link.person())) {
                continue;
            }
            Optional<String> heir = ours && !open.contains(link.person()) ? heirOf(link.person()) : Optional.empty();
            open.remove(link.person());
            if (heir.isPresent()) {
                problem(
                        Code.ClaimedByOtherPolicy,
                        link.person(),
                        link.user(),
                        heir.get() + " means this person too and takes over; nothing is taken from him meanwhile");
            } else if (claims.getOrDefault(link.user(), 0) > 1 || pairs.getOrDefault(link.person(), 0) > 1) {
                problem(Code.AmbiguousMatch, link.person(), link.user(), "the ledger links this pair more than once");
            } else if (!ours && outranks(link.policy()) && !letsGo(link.policy(), link.person())) {
                problem(
                        Code.ClaimedByOtherPolicy,
                        link.person(),
                        link.user(),
                        link.policy() + " answers for this person; change priority or scope");
            } else {
                foundBy.put(link.person(), ours ? "Ledger" : "OtherPolicy");
                accept(link.person(), link.user(), !ours);
            }
        }
    }

    private boolean outranks(String other) {
        Integer priority = input.priorities().get(other);
        return priority != null && priority >= policy.rules().priority();
    }

    /** Whether the other policy said that it does not mean the person any more. */
    private boolean letsGo(String other, ObjectGuid person) {
        Set<ObjectGuid> meant = input.claims().get(other);
        return meant != null && !meant.contains(person);
    }

    /** Another living policy that means somebody whom ours does not mean any more. */
    private Optional<String> heirOf(ObjectGuid person) {
        return input.claims().entrySet().stream()
                .filter(claim -> !claim.getKey().equals(policy.rules().policy()))
                .filter(claim -> claim.getValue().contains(person))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    private void accept(ObjectGuid person, SalesforceId id, boolean isNew) {
        SalesforceUser user = users.get(id);
        if (user == null) {
            problem(Code.LinkedUserMissing, person, id, "the linked user was not among those read; check sharing");
            return;
        }
        Optional<String> guarded = protection.of(user);
        if (guarded.isPresent()) {
            problem(Code.ProtectedUser, person, id, guarded.get());
            return;
        }
        if (anchor.isForeign(user, person)) {
            problem(Code.ForeignAnchor, person, id, "the anchor field holds another identity; empty it to link anew");
            return;
        }
        PersonLink link = new PersonLink(person, id, policy.rules().policy());
        if (isNew || !input.tombstones().contains(person)) {
            taken.add(id);
        }
        links.put(person, link);
        if (isNew) {
            found.add(link);
        }
    }

    private void byHand(Map<ObjectGuid, SalesforceUser> proposals) {
        for (LinkByHand link : policy.rules().links()) {
            if (!open.contains(link.person())) {
                continue;
            }
            List<SalesforceUser> named = users.values().stream()
                    .filter(user -> user.username().equalsIgnoreCase(link.username()))
                    .toList();
            open.remove(link.person());
            if (named.isEmpty()) {
                problem(Code.LinkByHandNotFound, link.person(), "no user has the name in spec.links; correct it");
            } else if (taken.contains(named.get(0).id())) {
                problem(
                        Code.AmbiguousMatch,
                        link.person(),
                        named.get(0).id(),
                        "the user linked by hand already stands for somebody else");
            } else {
                foundBy.put(link.person(), "Hand");
                proposals.put(link.person(), named.get(0));
            }
        }
    }

    private void byAnchor(Map<ObjectGuid, SalesforceUser> proposals) {
        Map<String, List<SalesforceUser>> anchored = new HashMap<>();
        free().forEach(user -> anchor.of(user)
                .ifPresent(held ->
                        anchored.computeIfAbsent(held, any -> new ArrayList<>()).add(user)));
        for (ObjectGuid person : List.copyOf(open)) {
            List<SalesforceUser> candidates = anchored.getOrDefault(person.toString(), List.of());
            propose(person, candidates, "Anchor", proposals);
        }
    }

    /**
     * Matches until nobody new is found: a user who found his person is no candidate for others any more, so that the
     * next run, which knows the link, comes to the same end as this one.
     */
    private void matching() {
        List<LinkProblem> before = List.copyOf(problems);
        Set<ObjectGuid> wanting = new TreeSet<>(open);
        int known;
        do {
            known = found.size();
            problems.clear();
            problems.addAll(before);
            open.clear();
            wanting.removeAll(links.keySet());
            open.addAll(wanting);
            Map<ObjectGuid, SalesforceUser> proposals = new TreeMap<>();
            byMatching(proposals);
            settle(proposals);
        } while (found.size() > known);
    }

    private void byMatching(Map<ObjectGuid, SalesforceUser> proposals) {
        MatchingIndex index = new MatchingIndex(policy, free());
        Map<ObjectGuid, Set<String>> groups = GroupSets.of(input.memberships());
        for (ObjectGuid guid : List.copyOf(open)) {
            Person person = input.people().get(guid);
            if (person == null) {
                continue;
            }
            MatchingIndex.Match match =
                    index.match(policy.facts(person, groups.getOrDefault(guid, Set.of()), input.now()));
            if (match.failed()) {
                open.remove(guid);
                problem(Code.MatchingFailed, guid, "a matching expression has no answer for this person; correct it");
            } else {
                propose(guid, match.users(), match.field(), proposals);
            }
        }
    }

    private List<SalesforceUser> free() {
        return users.values().stream()
                .filter(user -> !taken.contains(user.id()))
                .toList();
    }

    private void propose(
            ObjectGuid person, List<SalesforceUser> candidates, String by, Map<ObjectGuid, SalesforceUser> proposals) {
        if (candidates.isEmpty()) {
            return;
        }
        open.remove(person);
        if (candidates.size() > 1) {
            problems.add(new LinkProblem(
                    Code.AmbiguousMatch,
                    Optional.of(person),
                    Optional.empty(),
                    "several users match this person; link one by hand in spec.links",
                    candidates.stream().map(SalesforceUser::id).sorted().toList()));
        } else {
            foundBy.put(person, by);
            proposals.put(person, candidates.get(0));
        }
    }

    /** Several people who found one user all stay without: the order of their names must not decide. */
    private void settle(Map<ObjectGuid, SalesforceUser> proposals) {
        Map<SalesforceId, Integer> claims = new HashMap<>();
        proposals.values().forEach(user -> claims.merge(user.id(), 1, Integer::sum));
        proposals.forEach((person, user) -> {
            if (claims.getOrDefault(user.id(), 0) > 1) {
                problem(
                        Code.AmbiguousMatch,
                        person,
                        user.id(),
                        "several people match this user; link one by hand in spec.links");
            } else {
                // Somebody re-hired takes over from his own tombstone.
                ObjectGuid before = holders.get(user.id());
                if (before != null) {
                    links.remove(before);
                }
                accept(person, user.id(), true);
            }
        });
        proposals.clear();
    }

    private void problem(Code code, ObjectGuid person, String message) {
        problems.add(new LinkProblem(code, Optional.of(person), Optional.empty(), message, List.of()));
    }

    private void problem(Code code, ObjectGuid person, SalesforceId user, String message) {
        problems.add(new LinkProblem(code, Optional.of(person), Optional.of(user), message, List.of()));
    }
}
