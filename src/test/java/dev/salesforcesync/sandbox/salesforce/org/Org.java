package dev.salesforcesync.sandbox.salesforce.org;

import dev.salesforcesync.sandbox.salesforce.soql.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * One Salesforce org in memory. Rows are never changed, only replaced; one write call at a time, any number of
 * readers between them.
 */
public final class Org implements AutoCloseable {
    private final OrgSettings settings;
    private final Store store;
    private final Writer writer;
    private final Queries queries;
    private final Cursors cursors = new Cursors();
    private final PendingEmails pendingEmails = new PendingEmails();
    private final DeactivationBlockers blockers = new DeactivationBlockers();
    private final Passwords passwords = new Passwords();
    private final Sessions sessions;
    private final SignIns signIns;
    private final Consumers consumers;
    private final Replication replication = new Replication(this);
    private final ApiUsage usage;
    private final Journal journal = new Journal();
    private final Faults faults = new Faults();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Makes and fills an org. */
    public Org(OrgSettings settings) {
        this.settings = settings;
        this.store = new Store(new Schema(settings.customUserFields()), "5i0");
        this.queries = new Queries(store);
        this.sessions = new Sessions(settings.id(), settings.clock(), settings.sessionTimeout());
        this.signIns = new SignIns(settings.clock(), settings.signIn());
        this.consumers =
                new Consumers(settings.clock(), new Consumers.Pair(settings.clientId(), settings.clientSecret()));
        this.usage = new ApiUsage(settings.clock(), settings.dailyApiLimit());
        var userRules = new UserRules(settings, this, pendingEmails, blockers);
        this.writer = new Writer(
                store,
                Map.of(
                        "User", userRules,
                        "UserLogin", new UserLoginRules(),
                        "UserRole", new RoleRules(),
                        "PermissionSetAssignment", new AssignmentRules()));
        var seeds = new Seeds(store, settings, now());
        seeds.plant();
        try {
            seeds.plantUsers(userRules);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public OrgSettings settings() {
        return settings;
    }

    public Schema schema() {
        return store.schema();
    }

    public Sessions sessions() {
        return sessions;
    }

    /** The client's keys and secrets. */
    public Consumers consumers() {
        return consumers;
    }

    /** What changed and what was deleted lately. */
    public Replication replication() {
        return replication;
    }

    public ApiUsage usage() {
        return usage;
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    public DeactivationBlockers deactivationBlockers() {
        return blockers;
    }

    /** The time of the org: whole seconds, as its stamps are. */
    public Instant now() {
        return settings.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Notes a finished call. */
    public void journal(Call call, CallOutcome outcome, boolean answered) {
        journal.add(settings.clock().instant(), call, outcome, answered);
    }

    /**
     * Carries out a write call as this user.
     *
     * @throws ApiRefusal when the whole call is refused; nothing was changed then
     */
    public List<RowResult> write(String actorId, WriteRequest request) {
        var transaction = new Transaction(store, actorId, now());
        lock.writeLock().lock();
        try {
            List<RowResult> results = writer.write(transaction, request);
            if (request.kind() == WriteRequest.Kind.DELETE) {
                replication.noteDeleted(results);
            }
            return results;
        } catch (ApiRefusal e) {
            transaction.undoTo(0);
            throw e;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Answers a query with its first part of at most {@code size} rows. */
    public ResultPage query(String userId, String soql, int size) {
        Query query = Query.parse(soql);
        if (query.object().equalsIgnoreCase("UserLicense")) {
            refreshLicenceFigures();
        }
        lock.readLock().lock();
        try {
            Queries.Found found = queries.find(query);
            if (query.count()) {
                return new ResultPage(found.rows().size(), Optional.empty(), List.of());
            }
            if (found.rows().size() <= size) {
                return page("", found, 0, size);
            }
            return page(cursors.keep(userId, found).key(), found, 0, size);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Goes on with an answer where the locator ("01g…-2000") says. */
    public ResultPage queryMore(String userId, String locator, int size) {
        int dash = locator.indexOf('-');
        String key = dash < 0 ? locator : locator.substring(0, dash);
        String offset = dash < 0 ? "" : locator.substring(dash + 1);
        Cursors.Cursor cursor = cursors.find(key, userId)
                .filter(found -> offset.matches("\\d{1,9}"))
                .orElseThrow(() -> new ApiRefusal(ErrorCode.INVALID_QUERY_LOCATOR, "invalid query locator"));
        lock.readLock().lock();
        try {
            ResultPage page = page(cursor.key(), cursor.found(), Integer.parseInt(offset), size);
            if (page.locator().isEmpty()) {
                cursors.close(key);
            }
            return page;
        } finally {
            lock.readLock().unlock();
        }
    }

    private ResultPage page(String key, Queries.Found found, int from, int size) {
        int total = found.rows().size();
        int start = Math.min(from, total);
        int end = Math.min(total, start + size);
        var records = new ArrayList<SavedRecord>(end - start);
        for (Row row : found.rows().subList(start, end)) {
            records.add(found.selection().show(row, store));
        }
        return new ResultPage(total, end < total ? Optional.of(key + "-" + end) : Optional.empty(), records);
    }

    /** The record with this id (15 or 18 characters), as it is now. */
    public Optional<Row> record(String type, String id) {
        return read(() ->
                SalesforceId.normalize(id).flatMap(full -> store.table(type).byId(full)));
    }

    /** The records whose indexed or unique field has this value. */
    public List<Row> recordsBy(String type, String field, String value) {
        return read(() -> {
            Table table = store.table(type);
            int at = table.type().ordinal(field).orElseThrow();
            return table.isIndexed(at)
                    ? table.seek(at, value)
                    : table.rows().stream()
                            .filter(row -> value.equals(row.value(at)))
                            .toList();
        });
    }

    /** All records of an object, as they are now. */
    public List<Row> records(String type) {
        return read(() -> List.copyOf(store.table(type).rows()));
    }

    public int count(String type) {
        return read(() -> store.table(type).size());
    }

    /** The user of this username. */
    public Optional<Row> user(String username) {
        return recordsBy("User", "Username", username).stream().findFirst();
    }

    /** Seats of a user licence that are taken at this moment, whatever the org's figures say. */
    public int seatsTaken(String licence) {
        return read(() -> store.table("UserLicense").rows().stream()
                .filter(row -> row.text("Name").equals(licence))
                .mapToInt(row -> store.seatsTaken(row.id()))
                .sum());
    }

    /** Edits a record as the human administrator would in the browser. */
    public RowResult editAsHuman(String type, String id, Map<String, @Nullable Object> fields) {
        String admin = user(settings.adminUsername()).orElseThrow().id();
        var row = new InputRow(type, Optional.of(id), new LinkedHashMap<>(fields));
        return write(admin, WriteRequest.of(WriteRequest.Kind.UPDATE, List.of(row)))
                .get(0);
    }

    /** The address that a user has not confirmed yet. */
    public Optional<String> pendingEmail(String userId) {
        return pendingEmails.of(userId);
    }

    /** The user clicks the link in the mail: the pending address becomes the user's. */
    public boolean confirmEmail(String userId) {
        lock.writeLock().lock();
        try {
            Optional<String> address = pendingEmails.take(userId);
            Optional<Row> user = store.table("User").byId(userId);
            if (address.isEmpty() || user.isEmpty()) {
                return false;
            }
            Draft draft = Draft.of(user.get());
            draft.set("Email", address.get());
            new Transaction(store, userId, now()).replace(user.get(), draft);
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Changes how many seats a licence has, as a new contract does. */
    public void setSeats(String licence, int total) {
        lock.writeLock().lock();
        try {
            Table licences = store.table("UserLicense");
            for (Row row : List.copyOf(licences.rows())) {
                if (row.text("Name").equals(licence)) {
                    licences.put(row.with("TotalLicenses", total));
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Sets a user's password as an administrator; nothing but a login can test it. */
    public void setPassword(String actorId, String userId, String password) {
        String id = requirePasswordRights(actorId, userId);
        passwords.set(id, password);
        signIns.resetToken(id);
        stampPasswordChange(id);
    }

    /** Sets a random password, which expires with its first use, and tells it. */
    public String resetPassword(String actorId, String userId) {
        String id = requirePasswordRights(actorId, userId);
        String password = passwords.reset(id);
        signIns.resetToken(id);
        stampPasswordChange(id);
        return password;
    }

    /** The active, not frozen user with this name and password, from inside the trusted networks. */
    public Optional<Row> signIn(String username, String password) {
        return user(username).filter(user -> passwords.isPasswordOf(user.id(), password) && maySignIn(user.id()));
    }

    /** Tries a name with a password, which ends in the security token where the org wants one. */
    public SignInAttempt attemptSignIn(String username, String secret) {
        Optional<Row> found = user(username);
        if (found.isEmpty()) {
            return new SignInAttempt.Wrong();
        }
        Row user = found.get();
        endLockout(user.id());
        boolean bare = passwords.isPasswordOf(user.id(), secret);
        String token = signIns.tokenOf(user.id());
        boolean right = bare
                || (secret.endsWith(token)
                        && passwords.isPasswordOf(user.id(), secret.substring(0, secret.length() - token.length())));
        if (!right) {
            if (signIns.countWrong(user.id())) {
                lockPassword(user.id(), true);
            }
            return new SignInAttempt.Wrong();
        }
        if (!user.flag("IsActive")) {
            return new SignInAttempt.Inactive();
        }
        if (!maySignIn(user.id())) {
            return new SignInAttempt.Wrong();
        }
        if (bare && !settings.signIn().trustedNetwork()) {
            return new SignInAttempt.TokenMissing();
        }
        signIns.forgetWrong(user.id());
        return mayCountSignIn(user.id())
                ? new SignInAttempt.In(user, passwords.isExpired(user.id()))
                : new SignInAttempt.TooOften();
    }

    /** Counts a sign-in of this user; false when he has used up those of this hour. */
    public boolean mayCountSignIn(String userId) {
        return signIns.countSignIn(userId);
    }

    /** The security token in the user's mail. */
    public String securityTokenOf(String userId) {
        return signIns.tokenOf(userId);
    }

    /** Changes the password of the user whose session it is. */
    public void changeOwnPassword(String userId, String old, String password) {
        if (!passwords.isPasswordOf(userId, old)) {
            throw new ApiRefusal(ErrorCode.INVALID_OLD_PASSWORD, "Invalid old password");
        }
        passwords.set(userId, password);
        signIns.resetToken(userId);
        stampPasswordChange(userId);
    }

    /** Whether the user must choose a new password before anything else. */
    public boolean isPasswordExpired(String userId) {
        return SalesforceId.normalize(userId).filter(passwords::isExpired).isPresent();
    }

    private void endLockout(String userId) {
        boolean locked =
                recordsBy("UserLogin", "UserId", userId).stream().anyMatch(row -> row.flag("IsPasswordLocked"));
        if (locked && signIns.lockoutIsOver(userId)) {
            lockPassword(userId, false);
            signIns.forgetWrong(userId);
        } else if (!locked && signIns.reachedLimit(userId)) {
            // An administrator has set IsPasswordLocked to false.
            signIns.forgetWrong(userId);
        }
    }

    private void lockPassword(String userId, boolean locked) {
        lock.writeLock().lock();
        try {
            Table logins = store.table("UserLogin");
            for (Row row : List.copyOf(logins.seek(logins.type().at("UserId"), userId))) {
                logins.put(row.with("IsPasswordLocked", locked).with("LastModifiedDate", now()));
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whether this user is active: sessions of others are dead. */
    public boolean isActive(String userId) {
        return record("User", userId).filter(user -> user.flag("IsActive")).isPresent();
    }

    /** Whether this user is active and not frozen. */
    public boolean maySignIn(String userId) {
        boolean frozen = recordsBy("UserLogin", "UserId", userId).stream()
                .anyMatch(login -> login.flag("IsFrozen") || login.flag("IsPasswordLocked"));
        return !frozen && isActive(userId);
    }

    private String requirePasswordRights(String actorId, String userId) {
        String id = SalesforceId.normalize(userId)
                .filter(full -> record("User", full).isPresent())
                .orElseThrow(() -> new ApiRefusal(ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id"));
        if (actorId.equals(id)) {
            throw new ApiRefusal(ErrorCode.INSUFFICIENT_ACCESS, "Cannot set password for self");
        }
        return id;
    }

    private void stampPasswordChange(String userId) {
        lock.writeLock().lock();
        try {
            Table users = store.table("User");
            users.byId(userId)
                    .ifPresent(user ->
                            users.put(user.with("LastPasswordChangeDate", now()).with("SystemModstamp", now())));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void refreshLicenceFigures() {
        lock.writeLock().lock();
        try {
            Table licences = store.table("UserLicense");
            for (Row row : List.copyOf(licences.rows())) {
                Instant due = row.moment("UsedLicensesLastUpdated").plus(settings.licenceFigureLag());
                if (!due.isAfter(now())) {
                    licences.put(row.with("UsedLicenses", store.seatsTaken(row.id()))
                            .with("UsedLicensesLastUpdated", now()));
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T read(java.util.function.Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Gives the org's usernames free. */
    @Override
    public void close() {
        settings.usernames().releaseAll(this);
    }
}
