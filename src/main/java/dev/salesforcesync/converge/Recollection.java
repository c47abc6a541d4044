package dev.salesforcesync.converge;

import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Planner;
import dev.salesforcesync.policy.Desire;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the ledger remembers of the users somebody stands for, as planning needs it. */
record Recollection(OrgLedger ledger, Collection<PersonLink> links) {

    /** What was taken from them. */
    List<Hold> holds() {
        return links.stream()
                .map(link -> Optional.ofNullable(ledger.holds().get(link.user())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those of them whom this policy created and who have not got everything yet. */
    Set<ObjectGuid> newcomers(ResourceName policy) {
        return links.stream()
                .map(PersonLink::person)
                .filter(person -> policy.toString().equals(ledger.newcomers().get(person)))
                .collect(Collectors.toSet());
    }

    /** What they were given, by whichever policy. */
    Map<SalesforceId, Set<GivenRight>> given() {
        Map<SalesforceId, Set<GivenRight>> given = new HashMap<>();
        for (PersonLink link : links) {
            Map<GivenRight, String> rights = ledger.given().get(link.user());
            if (rights != null) {
                given.put(link.user(), rights.keySet());
            }
        }
        return given;
    }

    /** Those who confirmed, or can't any longer; what they have now counts again. */
    Set<SalesforceId> settledEmails(Collection<SalesforceUser> users, Instant now) {
        Map<SalesforceId, SalesforceUser> byId =
                users.stream().collect(Collectors.toMap(SalesforceUser::id, Function.identity()));
        Set<SalesforceId> settled = new HashSet<>();
        for (PersonLink link : links) {
            PendingEmail asked = ledger.pendingEmails().get(link.user());
            SalesforceUser user = byId.get(link.user());
            if (asked != null && user != null && !asked.isOpen(EmailDigest.of(user.field("Email")), now)) {
                settled.add(link.user());
            }
        }
        return settled;
    }

    /** Addresses that were asked for, are still wanted, and wait for their owners. */
    Set<Planner.PendingEmail> pendingEmails(Map<ObjectGuid, Desire> desires, Set<SalesforceId> settled) {
        Set<Planner.PendingEmail> pending = new HashSet<>();
        for (PersonLink link : links) {
            PendingEmail asked = ledger.pendingEmails().get(link.user());
            if (asked != null
                    && !settled.contains(link.user())
                    && desires.get(link.person()) instanceof Desire.Wanted wanted) {
                wanted.user()
                        .value("Email")
                        .filter(address -> EmailDigest.of(address).equals(asked.addressDigest()))
                        .ifPresent(address -> pending.add(new Planner.PendingEmail(link.user(), address)));
            }
        }
        return pending;
    }
}
