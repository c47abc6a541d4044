package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which Salesforce user stands for which person. */
public final class Linker {
    private Linker() {}

    /** Pairs people and users; the answer does not depend on the order of anything that comes in. */
    public static Linking link(CompiledPolicy policy, LinkingInput input) {
        throw new UnsupportedOperationException();
    }

    /**
     * What linking goes by.
     *
     * @param people everybody the directory showed, by identity
     * @param memberships the people of each group the policy names
     * @param desires what {@link CompiledPolicy#desires} said about them
     * @param users every user of the org, active or not
     * @param known links in the ledger, of every policy on the org
     * @param priorities the priority of every living policy on the org, by {@code namespace/name}
     * @param protectedUsers users that nothing ever touches, for the permission sets they hold
     */
    public record LinkingInput(
            Map<ObjectGuid, Person> people,
            Map<String, Set<ObjectGuid>> memberships,
            Map<ObjectGuid, Desire> desires,
            Collection<SalesforceUser> users,
            List<PersonLink> known,
            Map<String, Integer> priorities,
            Set<SalesforceId> protectedUsers,
            OrgDescription org,
            Instant now) {
        public LinkingInput {
            people = Map.copyOf(people);
            memberships = Map.copyOf(memberships);
            desires = Map.copyOf(desires);
            users = List.copyOf(users);
            known = List.copyOf(known);
            priorities = Map.copyOf(priorities);
            protectedUsers = Set.copyOf(protectedUsers);
        }
    }
}
