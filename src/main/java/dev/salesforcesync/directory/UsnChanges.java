package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.directory.ReportedChange.Members;
import dev.salesforcesync.directory.ReportedChange.What;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Changes by one controller's update sequence numbers (MS-ADA3, uSNChanged): any account may ask, but only whole objects
 * come, so who left a group is found by reading the group again. Deletions show to those who may read Deleted Objects.
 */
final class UsnChanges implements ChangeSource {
    private static final List<String> ATTRIBUTES =
            List.of("objectGUID", "objectClass", "name", "sAMAccountName", "isDeleted");

    private final ReadSteps steps;

    UsnChanges(ReadSteps steps) {
        this.steps = steps;
    }

    @Override
    public ChangePosition start(Session session) throws LDAPException {
        return position(session, session.readHighestUsn());
    }

    @Override
    public Answer since(Session session, ChangePosition position) throws LDAPException {
        long highest = session.readHighestUsn();
        long seen = position.known().values().stream().findFirst().orElse(0L);
        if (highest == seen) {
            return new Answer(List.of(), position);
        }
        List<ReportedChange> changes = new ArrayList<>();
        Filter filter = Filter.createANDFilter(
                Filter.createGreaterOrEqualFilter("uSNChanged", Long.toString(seen + 1)), CONCERNED);
        // Samba looks each entry of a page up once more, which costs it more than the search itself.
        Ending ending = new PagedSearch(session, steps.page())
                .few(
                        session.server().namingContext(),
                        filter,
                        ATTRIBUTES,
                        List.of(PagedSearch.SHOW_DELETED, EXTENDED_DN),
                        entry -> report(entry).ifPresent(changes::add));
        FollowUp.wholly(ending);
        return new Answer(changes, position(session, highest));
    }

    private static ChangePosition position(Session session, long usn) throws LDAPException {
        Optional<UUID> database = session.invocationId();
        return new ChangePosition(
                session.server().domain(),
                database.map(UUID::toString).orElse(""),
                Map.of(database.orElse(new UUID(0, 0)), usn),
                "");
    }

    private static Optional<ReportedChange> report(SearchResultEntry entry) {
        Optional<ObjectGuid> guid = PersonDecoder.guid(entry);
        if (guid.isEmpty()) {
            return Optional.empty();
        }
        What what = ChangeSource.classOf(entry);
        boolean gone = entry.hasAttributeValue("isDeleted", "TRUE");
        return Optional.of(new ReportedChange(
                guid.get(),
                ChangeSource.plainDn(entry.getDN()),
                what,
                gone,
                !gone,
                true,
                ChangeSource.namesOf(entry),
                what == What.GROUP ? new Members.Unknown() : new Members.Same()));
    }
}
