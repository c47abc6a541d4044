package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.OrgDescription.UserField;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.SignInState;
import dev.salesforcesync.salesforce.UserRows.Draft;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The real org behind {@link SalesforceOrg}: OAuth and REST reads over java.net.http, writes by the SOAP partner API,
 * which alone lets us switch off e-mails to users.
 *
 * <p>Making one neither calls nor fails: what is wrong with the settings comes back from the first call.
 */
public final class SalesforceGateway implements SalesforceOrg {
    /** How we name ourselves to Salesforce. */
    static final String CLIENT = "salesforce-sync-operator";

    private final CallCount count;
    private final SessionKeeper sessions;
    private final OrgReader org;
    private final UserReader users;
    private final UserReader everybody;
    private final UserLookup urgent;
    private final NewsReader news;
    private final SignInStates signInStates;
    private final PasswordWriter passwords;
    private final RowWriter writer;
    private final EntitlementReader entitlements;
    private final EntitlementReader everyRight;
    private final EntitlementWriter grants;
    private volatile Optional<UserRows> rows = Optional.empty();

    private SalesforceGateway(
            SalesforceSettings settings,
            InstantSource clock,
            CallObserver observer,
            RefusedCredentials refused,
            LockPause pause) {
        count = new CallCount(observer);
        Wire wire = new Wire(clients(settings, clock), settings.requestTimeout(), count);
        sessions = new SessionKeeper(
                SignIn.of(settings, wire, clock), clock, refused, RefusedCredentials.Attempt.of(settings));
        SalesforceSettings.Budget budget = settings.budget();
        ApiGate gate = new ApiGate(wire, new ApiBudget(budget, clock), budget.maxConcurrentRequests());
        RestApi rest = new RestApi(sessions, gate, settings.apiVersion());
        SoapApi soap = new SoapApi(sessions, gate, settings.apiVersion());
        org = new OrgReader(rest, soap, sessions, gate);
        users = new UserReader(rest);
        everybody = new UserReader(rest.as(Urgency.COMPARISON));
        urgent = new UserReader(rest.as(Urgency.LEAVER));
        news = new NewsReader(rest);
        passwords = new PasswordWriter(rest.as(Urgency.PASSWORD));
        signInStates = new SignInStates(rest.as(Urgency.PASSWORD));
        writer = new RowWriter(soap, pause);
        entitlements = new EntitlementReader(rest);
        everyRight = new EntitlementReader(rest.as(Urgency.COMPARISON));
        grants = new EntitlementWriter(writer, entitlements);
    }

    /** A gateway on the system clock that nobody observes. */
    public static SalesforceOrg open(SalesforceSettings settings) {
        return open(settings, InstantSource.system(), CallObserver.NONE);
    }

    public static SalesforceOrg open(SalesforceSettings settings, InstantSource clock, CallObserver observer) {
        return open(settings, clock, observer, new RefusedCredentials(), Refusals.NONE);
    }

    /**
     * A gateway that heeds what was refused to others.
     *
     * @param refused shared by all gateways of a process
     * @param earlier what an earlier process was told of these credentials
     */
    public static SalesforceOrg open(
            SalesforceSettings settings,
            InstantSource clock,
            CallObserver observer,
            RefusedCredentials refused,
            Refusals earlier) {
        refused.recall(RefusedCredentials.Attempt.of(settings), earlier);
        return new SalesforceGateway(settings, clock, observer, refused, LockPause.jittered());
    }

    static SalesforceOrg open(
            SalesforceSettings settings, InstantSource clock, CallObserver observer, LockPause pause) {
        return new SalesforceGateway(settings, clock, observer, new RefusedCredentials(), pause);
    }

    @Override
    public Result<OrgDescription> describe() {
        Result<OrgDescription> description = org.read();
        if (description instanceof Result.Ok<OrgDescription> ok) {
            rows = Optional.of(new UserRows(ok.value().userFields()));
        }
        return description;
    }

    @Override
    public Result<List<SalesforceUser>> readUsers(Set<String> fields) {
        return everybody.internal(fields);
    }

    @Override
    public Result<List<SalesforceUser>> readUsersBy(String keyField, Collection<String> values, Set<String> fields) {
        return users.readUsersBy(keyField, values, fields);
    }

    @Override
    public Result<Set<SalesforceId>> assigneesOf(Set<String> permissionSets) {
        return users.assigneesOf(permissionSets);
    }

    @Override
    public Result<Map<SalesforceId, LoginRecord>> loginRecords(Collection<SalesforceId> ids) {
        return users.loginRecords(ids);
    }

    @Override
    public UserLookup urgent() {
        return urgent;
    }

    @Override
    public List<RowOutcome> createUsers(List<Map<String, String>> people, Optional<String> externalIdField) {
        return write(
                people,
                UserRows::create,
                drafts -> externalIdField
                        .map(field -> writer.upsert(field, drafts))
                        .orElseGet(() -> writer.create(drafts, Urgency.JOINER)));
    }

    @Override
    public List<RowOutcome> updateUsers(List<UserUpdate> updates) {
        return write(
                updates,
                (schema, update) -> schema.update(update.user(), update.values()),
                drafts -> writer.update(drafts, urgencyOf(updates)));
    }

    @Override
    public List<RowOutcome> setFrozen(List<LoginRecord> records, boolean frozen) {
        bounded(records);
        if (records.isEmpty()) {
            return List.of();
        }
        return writer.update(
                records.stream()
                        .map(record -> UserRows.frozen(record.id(), frozen))
                        .toList(),
                frozen ? Urgency.LEAVER : Urgency.JOINER);
    }

    @Override
    public Result<List<Assignment>> assignments(Set<EntitlementKind> kinds) {
        return everyRight.all(kinds);
    }

    @Override
    public Result<List<Assignment>> assignmentsOf(Set<EntitlementKind> kinds, Collection<SalesforceId> ids) {
        return entitlements.of(kinds, ids);
    }

    @Override
    public List<RowOutcome> grant(EntitlementKind kind, List<NewAssignment> assignments) {
        bounded(assignments);
        return assignments.isEmpty() ? List.of() : grants.grant(kind, assignments);
    }

    @Override
    public List<RowOutcome> withdraw(EntitlementKind kind, List<SalesforceId> ids) {
        bounded(ids);
        return ids.isEmpty() ? List.of() : grants.withdraw(kind, ids);
    }

    /** Whoever comes back is let in like somebody new. */
    private static Urgency urgencyOf(List<UserUpdate> updates) {
        if (updates.stream().allMatch(update -> makesActive(update, "false"))) {
            return Urgency.LEAVER;
        }
        return updates.stream().allMatch(update -> makesActive(update, "true")) ? Urgency.JOINER : Urgency.CHANGE;
    }

    private static boolean makesActive(UserUpdate update, String active) {
        return update.values()
                .getOrDefault("IsActive", Optional.empty())
                .filter(active::equalsIgnoreCase)
                .isPresent();
    }

    @Override
    public Result<OrgNews> newsSince(Instant moment, Set<String> fields, Set<EntitlementKind> kinds) {
        return news.since(moment, fields, kinds);
    }

    @Override
    public Result<List<SignInState>> signInStates(Collection<SalesforceId> ids) {
        return signInStates.of(ids);
    }

    @Override
    public Result<Set<SalesforceId>> usersWithoutPassword(Instant createdSince) {
        return signInStates.neverSet(createdSince);
    }

    @Override
    public List<RowOutcome> setPasswords(List<NewPassword> some) {
        if (some.size() > MAX_PASSWORDS) {
            throw new IllegalArgumentException("more than " + MAX_PASSWORDS + " passwords in one call");
        }
        return some.isEmpty() ? List.of() : passwords.set(some);
    }

    @Override
    public RowOutcome mailReset(SalesforceId user) {
        return passwords.mailReset(user);
    }

    @Override
    public List<RowOutcome> unlock(List<SalesforceId> logins) {
        bounded(logins);
        return logins.isEmpty()
                ? List.of()
                : writer.update(logins.stream().map(UserRows::unlocked).toList(), Urgency.PASSWORD);
    }

    @Override
    public Refusals refusals() {
        return sessions.refusals();
    }

    @Override
    public Map<String, Long> callsSent() {
        return count.sent();
    }

    @Override
    public void close() {
        sessions.close();
    }

    private interface Drafting<R> {
        Draft draft(UserRows schema, R row);
    }

    private <R> List<RowOutcome> write(
            List<R> input, Drafting<R> drafting, Function<List<Draft>, List<RowOutcome>> send) {
        bounded(input);
        if (input.isEmpty()) {
            return List.of();
        }
        Result<UserRows> schema = schema();
        if (schema instanceof Result.Failed<UserRows> failed) {
            return RowWriter.all(input.size(), new RowOutcome.NotSent(failed.failure()));
        }
        UserRows ready = ((Result.Ok<UserRows>) schema).value();
        return send.apply(input.stream().map(row -> drafting.draft(ready, row)).toList());
    }

    private Result<UserRows> schema() {
        Optional<UserRows> known = rows;
        if (known.isPresent()) {
            return Result.ok(known.get());
        }
        Result<Map<String, UserField>> read = org.userFields();
        return read.map(fields -> {
            UserRows schema = new UserRows(fields);
            rows = Optional.of(schema);
            return schema;
        });
    }

    private static void bounded(List<?> input) {
        if (input.size() > MAX_ROWS) {
            throw new IllegalArgumentException("more than " + MAX_ROWS + " rows in one call");
        }
    }

    private static Result<HttpClients> clients(SalesforceSettings settings, InstantSource clock) {
        URI url = settings.instanceUrl();
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean sound = (scheme.equals("https") || scheme.equals("http"))
                && url.getHost() != null
                && settings.apiVersion().matches("[1-9][0-9]{1,2}\\.0");
        if (!sound) {
            return Result.failed(new Failure.Terminal(
                    SalesforceReason.ADDRESS_INVALID,
                    "instanceUrl must be the org's address, such as https://example.my.salesforce.com, and apiVersion "
                            + "a number such as 65.0."));
        }
        return HttpClients.of(settings, clock);
    }
}
