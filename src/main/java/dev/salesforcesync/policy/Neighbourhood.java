package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.Linking.LinkProblem;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The people about whom something is to be decided, with everybody on whom that depends: those they refer to, whoever
 * holds a name that one of them should have, and the users whom somebody without a user may be meant to have. What is
 * decided about them by themselves is what would be decided about them among all.
 *
 * @param picture the directory as far as it concerns these people
 * @param desires what the rules want for those of them who are there
 * @param users everybody who is or may be theirs
 * @param links those of the people, and those of the users
 */
public record Neighbourhood(
        Set<ObjectGuid> people,
        DirectoryPicture picture,
        Map<ObjectGuid, Desire> desires,
        List<SalesforceUser> users,
        List<PersonLink> links) {

    /**
     * What there is, to look people and users up in.
     *
     * @param links the ledger's, by person
     * @param problems what kept people from being linked when that was looked at last
     */
    public record Surroundings(
            DirectoryPicture picture,
            Map<SalesforceId, SalesforceUser> users,
            Map<ObjectGuid, PersonLink> links,
            Collection<LinkProblem> problems,
            Instant now) {}

    /**
     * Gathers.
     *
     * @param besides users to look at though nobody stands for them
     * @param most people; with more of them deciding about everybody is no more work
     * @return empty when they are more
     */
    public static Optional<Neighbourhood> of(
            CompiledPolicy policy,
            Collection<ObjectGuid> concerned,
            Collection<SalesforceId> besides,
            int most,
            Surroundings around) {
        Gathering gathering = new Gathering(policy, around);
        besides.forEach(
                id -> Optional.ofNullable(around.users().get(id)).ifPresent(user -> gathering.users.put(id, user)));
        Set<ObjectGuid> next = Set.copyOf(concerned);
        while (!next.isEmpty()) {
            if (gathering.people.size() + next.size() > most) {
                return Optional.empty();
            }
            next = gathering.add(next);
        }
        return Optional.of(gathering.gathered());
    }

    /** One step after the other, each with the people whom the one before led to. */
    private static final class Gathering {
        private final CompiledPolicy policy;
        private final Surroundings around;
        private final Set<ObjectGuid> people = new HashSet<>();
        private final Map<ObjectGuid, Desire> desires = new HashMap<>();
        private final Map<SalesforceId, SalesforceUser> users = new LinkedHashMap<>();
        private final Map<ObjectGuid, PersonLink> links = new LinkedHashMap<>();

        Gathering(CompiledPolicy policy, Surroundings around) {
            this.policy = policy;
            this.around = around;
        }

        Set<ObjectGuid> add(Set<ObjectGuid> some) {
            people.addAll(some);
            Map<ObjectGuid, Desire> wanted = policy.desiresOf(some, around.picture(), around.now());
            desires.putAll(wanted);
            Set<ObjectGuid> next = new HashSet<>();
            UserSearch search = new UserSearch(policy);
            for (ObjectGuid guid : some) {
                Optional<PersonLink> link = Optional.ofNullable(around.links().get(guid));
                link.ifPresent(one -> links.put(guid, one));
                Optional<SalesforceUser> user = link.map(PersonLink::user).map(around.users()::get);
                user.ifPresent(one -> users.put(one.id(), one));
                Desire desire = wanted.get(guid);
                Person person = around.picture().people().get(guid);
                if (desire == null || person == null || desire instanceof Desire.OutOfScope) {
                    continue;
                }
                People.references(desire).stream()
                        .map(DesiredReference::person)
                        .flatMap(Optional::stream)
                        .forEach(next::add);
                if (link.isEmpty()) {
                    search.userFor(person, GroupSets.of(guid, around.picture().memberships()), around.now());
                }
                if (desire instanceof Desire.Wanted one) {
                    search.holderOf(one.user().usernames(), user);
                }
            }
            if (!search.isEmpty()) {
                next.addAll(found(search));
            }
            next.removeAll(people);
            return next;
        }

        private Set<ObjectGuid> found(UserSearch search) {
            Set<SalesforceId> found = new HashSet<>();
            for (SalesforceUser user : around.users().values()) {
                if (search.finds(user)) {
                    found.add(user.id());
                    users.put(user.id(), user);
                }
            }
            Set<ObjectGuid> theirs = new HashSet<>();
            if (!found.isEmpty()) {
                around.links().values().stream()
                        .filter(link -> found.contains(link.user()))
                        .map(PersonLink::person)
                        .forEach(theirs::add);
                around.problems().stream()
                        .filter(problem ->
                                problem.user().filter(found::contains).isPresent())
                        .flatMap(problem -> problem.person().stream())
                        .forEach(theirs::add);
            }
            return theirs;
        }

        Neighbourhood gathered() {
            DirectoryPicture whole = around.picture();
            Map<ObjectGuid, Person> known = desires.keySet().stream()
                    .collect(Collectors.toMap(
                            Function.identity(), guid -> whole.people().get(guid)));
            Map<String, Set<ObjectGuid>> memberships = new HashMap<>();
            whole.memberships()
                    .forEach((group, members) -> memberships.put(
                            group,
                            known.keySet().stream().filter(members::contains).collect(Collectors.toSet())));
            return new Neighbourhood(
                    people,
                    new DirectoryPicture(
                            known,
                            memberships,
                            whole.problems(),
                            whole.foreign(),
                            whole.completeness(),
                            whole.readAt()),
                    desires,
                    List.copyOf(users.values()),
                    List.copyOf(links.values()));
        }
    }
}
