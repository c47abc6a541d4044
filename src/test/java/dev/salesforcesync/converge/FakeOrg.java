package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.UserLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An org that answers creations as it is told to, and remembers what it was sent. */
final class FakeOrg implements SalesforceOrg {
    static final Failure LOST = new Failure.Transient("SalesforceConnectionLost", "the answer was lost");

    final List<List<Map<String, String>>> created = new ArrayList<>();
    Function<Map<String, String>, RowOutcome> answer = row -> new RowOutcome.Written(idOf(row));
    List<SalesforceUser> found = List.of();
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
    public List<RowOutcome> updateUsers(List<UserUpdate> rows) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public List<RowOutcome> setFrozen(List<LoginRecord> records, boolean frozen) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Result<Boolean> changedByOthersSince(Instant moment, SalesforceId runningUser) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public Map<String, Long> callsSent() {
        return Map.of();
    }

    @Override
    public void close() {}
}
