package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceUser;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the people somebody may have asked for. */
public final class Whom {
    /** What people call each other by; reads have to ask for these. */
    public static final Set<String> NAMES = Set.of("userPrincipalName", "sAMAccountName");

    private Whom() {}

    /**
     * Everybody whom the words may mean, in the order of identities: by objectGUID whoever it is; otherwise by
     * userPrincipalName or sAMAccountName without regard to case, and only if nobody has that name, by the name of the
     * user who stands for somebody.
     */
    public static List<ObjectGuid> find(Deliberation run, String asked) {
        String name = asked.strip();
        try {
            return List.of(ObjectGuid.parse(name));
        } catch (IllegalArgumentException notAnIdentity) {
            Set<ObjectGuid> people = run.picture().people().values().stream()
                    .filter(person -> isCalled(person, name))
                    .map(Person::guid)
                    .collect(Collectors.toCollection(TreeSet::new));
            return people.isEmpty() ? byUsername(run, name) : List.copyOf(people);
        }
    }

    private static boolean isCalled(Person person, String name) {
        return NAMES.stream()
                .flatMap(attribute -> person.first(attribute).stream())
                .anyMatch(name::equalsIgnoreCase);
    }

    private static List<ObjectGuid> byUsername(Deliberation run, String name) {
        Stream<SalesforceUser> users =
                run.input().users().stream().filter(user -> user.username().equalsIgnoreCase(name));
        Set<Object> ids = users.map(SalesforceUser::id).collect(Collectors.toSet());
        return run.input().linking().links().stream()
                .filter(link -> ids.contains(link.user()))
                .map(PersonLink::person)
                .sorted()
                .toList();
    }
}
