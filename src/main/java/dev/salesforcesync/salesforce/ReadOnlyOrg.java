package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.SignInState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An org of which everything can be read. A row that is to be written is not sent, whoever asks for it. */
public final class ReadOnlyOrg implements SalesforceOrg {
    private static final Failure READ_ONLY =
            new Failure.Waiting("WritesStopped", "This process only reads; nothing is written to Salesforce.");

    private final SalesforceOrg org;

    /** @param org is closed with this one */
    public ReadOnlyOrg(SalesforceOrg org) {
        this.org = org;
    }

    private static List<RowOutcome> notSent(List<?> rows) {
        return rows.stream()
                .map(row -> (RowOutcome) new RowOutcome.NotSent(READ_ONLY))
                .toList();
    }

    @Override
    public List<RowOutcome> createUsers(List<Map<String, String>> rows, Optional<String> externalIdField) {
        return notSent(rows);
    }

    @Override
    public List<RowOutcome> updateUsers(List<UserUpdate> rows) {
        return notSent(rows);
    }

    @Override
    public List<RowOutcome> setFrozen(List<LoginRecord> records, boolean frozen) {
        return notSent(records);
    }

    @Override
    public List<RowOutcome> grant(EntitlementKind kind, List<NewAssignment> rows) {
        return notSent(rows);
    }

    @Override
    public List<RowOutcome> withdraw(EntitlementKind kind, List<SalesforceId> rows) {
        return notSent(rows);
    }

    @Override
    public Result<OrgDescription> describe() {
        return org.describe();
    }

    @Override
    public Result<List<SalesforceUser>> readUsers(Set<String> fields) {
        return org.readUsers(fields);
    }

    @Override
    public Result<List<SalesforceUser>> readUsersBy(String keyField, Collection<String> values, Set<String> fields) {
        return org.readUsersBy(keyField, values, fields);
    }

    @Override
    public Result<Set<SalesforceId>> assigneesOf(Set<String> permissionSets) {
        return org.assigneesOf(permissionSets);
    }

    @Override
    public Result<Map<SalesforceId, LoginRecord>> loginRecords(Collection<SalesforceId> users) {
        return org.loginRecords(users);
    }

    @Override
    public UserLookup urgent() {
        return org.urgent();
    }

    @Override
    public Result<List<Assignment>> assignments(Set<EntitlementKind> kinds) {
        return org.assignments(kinds);
    }

    @Override
    public Result<List<Assignment>> assignmentsOf(Set<EntitlementKind> kinds, Collection<SalesforceId> users) {
        return org.assignmentsOf(kinds, users);
    }

    @Override
    public Result<OrgNews> newsSince(Instant moment, Set<String> fields, Set<EntitlementKind> kinds) {
        return org.newsSince(moment, fields, kinds);
    }

    @Override
    public Result<List<SignInState>> signInStates(Collection<SalesforceId> users) {
        return org.signInStates(users);
    }

    @Override
    public Result<Set<SalesforceId>> usersWithoutPassword(Instant createdSince) {
        return org.usersWithoutPassword(createdSince);
    }

    @Override
    public List<RowOutcome> setPasswords(List<NewPassword> passwords) {
        return notSent(passwords);
    }

    @Override
    public RowOutcome mailReset(SalesforceId user) {
        return notSent(List.of(user)).get(0);
    }

    @Override
    public List<RowOutcome> unlock(List<SalesforceId> logins) {
        return notSent(logins);
    }

    @Override
    public Refusals refusals() {
        return org.refusals();
    }

    @Override
    public Map<String, Long> callsSent() {
        return org.callsSent();
    }

    @Override
    public void close() {
        org.close();
    }
}
