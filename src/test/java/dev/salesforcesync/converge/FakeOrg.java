package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.SignInState;
import dev.salesforcesync.salesforce.OrgNews;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.UserLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An org that answers creations as it is told to, remembers what it was sent, and keeps the rights it is given. */
final class FakeOrg implements SalesforceOrg {
    static final Failure LOST = new Failure.Transient("SalesforceConnectionLost", "the answer was lost");

    final List<List<Map<String, String>>> created = new ArrayList<>();
    final List<List<UserUpdate>> updated = new ArrayList<>();
    Function<Map<String, String>, RowOutcome> answer = row -> new RowOutcome.Written(idOf(row));
    List<SalesforceUser> found = List.of();
    /** The rights held, by row id; to be filled and looked at by tests. */
    final Map<SalesforceId, Assignment> held = Collections.synchronizedMap(new LinkedHashMap<>());

    /** What becomes of a right instead of being given; empty for nothing else. */
    volatile Function<NewAssignment, Optional<RowOutcome>> refusal = row -> Optional.empty();

    /** How many rows each call for rights had. */
    final List<Integer> grants = Collections.synchronizedList(new ArrayList<>());

    private int assignments;
    volatile Optional<Result<OrgDescription>> description = Optional.empty();

    static SalesforceId idOf(Map<String, String> row) {
        int number = Math.floorMod(String.valueOf(row.get("Username")).hashCode(), 1_000_000);
        return new SalesforceId(String.format("005000000%06d", number));
    }

    @Override
    public synchronized List<RowOutcome> createUsers(List<Map<String, String>> rows, Optional<String> externalIdField) {
        created.add(rows);
        return rows.stream().map(answer).toList();
    }

    @Override
    public Result<List<SignInState>> signInStates(Collection<SalesforceId> users) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Result<Set<SalesforceId>> usersWithoutPassword(Instant createdSince) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public List<RowOutcome> setPasswords(List<NewPassword> passwords) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public RowOutcome mailReset(SalesforceId user) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public List<RowOutcome> unlock(List<SalesforceId> logins) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Refusals refusals() {
        return Refusals.NONE;
    }

    @Override
    public UserLookup urgent() {
        return this;
    }

    @Override
    public Result<List<SalesforceUser>> readUsersBy(String keyField, Collection<String> values, Set<String> fields) {
        return Result.ok(found);
    }

    @Override
    public Result<OrgDescription> describe() {
        return description.orElseThrow(() -> new AssertionError("not asked for here"));
    }

    @Override
    public Result<List<SalesforceUser>> readUsers(Set<String> fields) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Result<Set<SalesforceId>> assigneesOf(Set<String> permissionSets) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Result<Map<SalesforceId, LoginRecord>> loginRecords(Collection<SalesforceId> users) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public synchronized List<RowOutcome> updateUsers(List<UserUpdate> rows) {
        updated.add(List.copyOf(rows));
        return rows.stream()
                .<RowOutcome>map(row -> new RowOutcome.Written(row.user()))
                .toList();
    }

    @Override
    public List<RowOutcome> setFrozen(List<LoginRecord> records, boolean frozen) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Result<List<Assignment>> assignments(Set<EntitlementKind> kinds) {
        synchronized (held) {
            return Result.ok(held.values().stream()
                    .filter(row -> kinds.contains(row.kind()))
                    .toList());
        }
    }

    @Override
    public Result<List<Assignment>> assignmentsOf(Set<EntitlementKind> kinds, Collection<SalesforceId> users) {
        return assignments(kinds)
                .map(rows ->
                        rows.stream().filter(row -> users.contains(row.user())).toList());
    }

    @Override
    public List<RowOutcome> grant(EntitlementKind kind, List<NewAssignment> rows) {
        grants.add(rows.size());
        synchronized (held) {
            return rows.stream()
                    .map(row -> refusal.apply(row)
                            .orElseGet(() -> new RowOutcome.Written(holding(kind, row)
                                    .orElseGet(() -> add(kind, row))
                                    .id())))
                    .toList();
        }
    }

    private Optional<Assignment> holding(EntitlementKind kind, NewAssignment row) {
        return held.values().stream()
                .filter(one -> one.kind() == kind
                        && one.user().equals(row.user())
                        && one.entitlement().equals(row.entitlement()))
                .findFirst();
    }

    private Assignment add(EntitlementKind kind, NewAssignment row) {
        assignments++;
        SalesforceId id = new SalesforceId(String.format("0Pa000000%06d", assignments));
        Assignment added = new Assignment(id, row.user(), kind, row.entitlement());
        held.put(id, added);
        return added;
    }

    @Override
    public List<RowOutcome> withdraw(EntitlementKind kind, List<SalesforceId> rows) {
        rows.forEach(held::remove);
        return rows.stream().<RowOutcome>map(RowOutcome.Written::new).toList();
    }

    @Override
    public Result<OrgNews> newsSince(Instant moment, Set<String> fields, Set<EntitlementKind> kinds) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Map<String, Long> callsSent() {
        return Map.of();
    }

    @Override
    public void close() {}
}
