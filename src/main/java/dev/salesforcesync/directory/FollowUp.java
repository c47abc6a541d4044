package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.PersonDecoder.Decoded;
import dev.salesforcesync.directory.ReportedChange.What;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.Whereabouts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what is known of a domain up to date with reported changes. A report is only a hint who to look at: people
 * are read again by the same searches that found them, so filters, places and computed attributes need no second
 * implementation. Doing it twice does no harm.
 */
final class FollowUp {
    private final Session session;
    private final ReadSteps steps;
    private final KnownDomain known;
    private final PeopleSearch searches;
    private final References references;
    private final GroupFollowUp groups;
    private final Set<ObjectGuid> touched;
    private final Doubts doubts = new Doubts();

    /**
     * Prepares.
     *
     * @param touched where to add whoever changed, at once: a failure half way must not lose them
     */
    FollowUp(
            Session session,
            ReadSteps steps,
            ReadRequest request,
            List<Filter> filters,
            KnownDomain known,
            Set<ObjectGuid> touched) {
        this.session = session;
        this.steps = steps;
        this.known = known;
        this.touched = touched;
        this.searches = new PeopleSearch(session, steps, request, filters);
        this.references = new References(session, steps, request.attributes(), known);
        this.groups = new GroupFollowUp(session, steps, request, known, touched);
    }

    /**
     * Applies changes.
     *
     * @param again people to read again in any case
     * @throws LDAPException when it must be done again from the start
     */
    void apply(List<ReportedChange> changes, Set<ObjectGuid> again) throws LDAPException {
        Set<ObjectGuid> people = new HashSet<>(again);
        List<ReportedChange> containers = new ArrayList<>();
        for (ReportedChange change : classified(changes)) {
            if (change.what() == What.GROUP) {
                groups.apply(change);
                references.group(change);
                if (change.gone()) {
                    references.deleted(change.guid());
                } else if (change.moved()) {
                    references.renamed(change.guid(), change.dn());
                }
            } else if (change.gone()) {
                bury(change.guid());
            } else if (change.what() == What.CONTAINER) {
                if (change.moved()) {
                    containers.add(change);
                }
            } else {
                people.add(change.guid());
                if (change.moved()) {
                    references.renamed(change.guid(), change.dn());
                }
                if (change.restored()) {
                    references.restored(change.guid(), change.dn());
                    groups.arrived(change.guid());
                }
            }
        }
        for (ReportedChange container : containers) {
            refreshBelow(container);
        }
        refresh(people);
        Set<ObjectGuid> referring = references.people();
        if (!referring.isEmpty()) {
            refresh(referring);
        }
        if (!changes.isEmpty()) {
            searches.findBases();
        }
        groups.finish(!containers.isEmpty());
        if (session.isBroken()) {
            throw new LDAPException(ResultCode.SERVER_DOWN, "the connection ended half way");
        }
        known.tearGroups(false);
        known.doubts().add(doubts);
    }

    /** Reports with the classes, and names, of those of whom nothing is known and who may have come from elsewhere. */
    private List<ReportedChange> classified(List<ReportedChange> changes) throws LDAPException {
        Set<ObjectGuid> unknown = new HashSet<>();
        List<ReportedChange> first = new ArrayList<>();
        for (ReportedChange change : changes) {
            ObjectGuid guid = change.guid();
            if (known.groups().knows(guid) || !(change.members() instanceof ReportedChange.Members.Same)) {
                first.add(change.told(What.GROUP, change.names()));
            } else if (known.people().containsKey(guid)) {
                first.add(change.told(What.PERSON, change.names()));
            } else {
                first.add(change);
                if (change.what() == What.UNTOLD && !change.names().isEmpty() && !change.gone()) {
                    unknown.add(guid);
                }
            }
        }
        Map<ObjectGuid, SearchResultEntry> entries = entries(unknown);
        return first.stream()
                .map(change -> Optional.ofNullable(entries.get(change.guid()))
                        .filter(entry -> change.what() == What.UNTOLD)
                        .map(entry -> change.told(ChangeSource.classOf(entry), ChangeSource.namesOf(entry)))
                        .orElse(change))
                .toList();
    }

    private Map<ObjectGuid, SearchResultEntry> entries(Set<ObjectGuid> unknown) throws LDAPException {
        Map<ObjectGuid, SearchResultEntry> entries = new HashMap<>();
        List<ObjectGuid> all = List.copyOf(unknown);
        for (int from = 0; from < all.size(); from += PeopleSearch.FILTER_PARTS) {
            Filter these =
                    PeopleSearch.anyOf(all.subList(from, Math.min(all.size(), from + PeopleSearch.FILTER_PARTS)));
            wholly(new PagedSearch(session, steps.page())
                    .run(
                            session.server().namingContext(),
                            these,
                            List.of("objectGUID", "objectClass", "name", "sAMAccountName"),
                            List.of(),
                            entry -> PersonDecoder.guid(entry).ifPresent(guid -> entries.put(guid, entry))));
        }
        return entries;
    }

    private void bury(ObjectGuid guid) {
        references.deleted(guid);
        known.remove(guid);
        groups.buried(guid);
        touched.add(guid);
    }

    /** Nobody below a container that moved is reported (MS-ADTS 3.1.1.3.4.1.3). */
    private void refreshBelow(ReportedChange container) throws LDAPException {
        DN now = new DN(container.dn());
        Map<ObjectGuid, String> everything = new HashMap<>();
        Set<ObjectGuid> people = new HashSet<>();
        Ending ending = new PagedSearch(session, steps.page())
                .run(
                        now.toString(),
                        ChangeSource.CONCERNED,
                        List.of("objectGUID", "objectClass"),
                        List.of(),
                        entry -> PersonDecoder.guid(entry).ifPresent(guid -> {
                            everything.put(guid, entry.getDN());
                            if (ChangeSource.classOf(entry) == What.PERSON) {
                                people.add(guid);
                            }
                        }));
        if (ending instanceof Ending.Broken broken
                && broken.cause().getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
            // Gone again by now: a later report says so.
            return;
        }
        wholly(ending);
        everything.forEach(references::renamed);
        settle(people, searches.below(now, doubts));
    }

    private void refresh(Set<ObjectGuid> people) throws LDAPException {
        if (!people.isEmpty()) {
            settle(people, searches.among(people, known.people(), doubts));
        }
    }

    private void settle(Set<ObjectGuid> people, Map<ObjectGuid, Decoded> found) throws LDAPException {
        Set<ObjectGuid> missing = new HashSet<>();
        for (ObjectGuid guid : people) {
            Person before = known.people().get(guid);
            Decoded now = found.get(guid);
            if (now instanceof Decoded.Found one) {
                if (!one.person().equals(before)) {
                    touched.add(guid);
                }
                if (before == null) {
                    groups.arrived(guid);
                    references.renamed(guid, one.person().dn());
                } else if (!before.dn().equals(one.person().dn())) {
                    references.renamed(guid, one.person().dn());
                }
                known.put(one.person());
            } else if (now instanceof Decoded.Unusable unusable) {
                known.put(Optional.of(guid), unusable.problem());
                touched.add(guid);
            } else if (before != null) {
                missing.add(guid);
                references.renamed(guid, before.dn());
                known.remove(guid);
                touched.add(guid);
            } else {
                known.remove(guid);
            }
        }
        doubtVanished(missing);
    }

    /** Who was reported as living and is found nowhere was hidden from us: then others may be, too. */
    private void doubtVanished(Set<ObjectGuid> missing) throws LDAPException {
        if (missing.isEmpty()) {
            return;
        }
        Result<Map<ObjectGuid, Whereabouts>> places = new IdentityLookup(session, steps).find(missing, Set.of());
        if (places instanceof Result.Ok<Map<ObjectGuid, Whereabouts>> ok) {
            boolean hidden = ok.value().values().stream().anyMatch(Whereabouts.NotFound.class::isInstance);
            if (hidden) {
                doubts.add(
                        "EntryVanished",
                        "A person whom the searches had found is neither there nor among the deleted. Check the bind"
                                + " account's rights, also on Deleted Objects.");
            }
        } else {
            throw new LDAPException(ResultCode.UNAVAILABLE, "it cannot be told where people went");
        }
    }

    static void wholly(Ending ending) throws LDAPException {
        if (ending instanceof Ending.Broken broken) {
            throw broken.cause();
        }
        if (ending instanceof Ending.Partial partial) {
            throw partial.asException();
        }
    }
}
