package dev.salesforcesync.sandbox.salesforce.org;

import dev.salesforcesync.sandbox.salesforce.soql.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One Salesforce org in memory. Rows are never changed, only replaced; one write call at a time, any number of
 * readers between them.
 */
public final class Org implements AutoCloseable {
    private final OrgSettings settings;
    private final Store store;
    private final WriteCalls writes;
    private final Pages pages;
    private final Mails mails = new Mails();
    private final PendingEmails pendingEmails = new PendingEmails();
    private final DeactivationBlockers blockers = new DeactivationBlockers();
    private final LicenceFigures figures;
    private final Locks locks;
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
        this.store = new Store(new Schema(settings.customUserFields(), settings.customContactFields()), "5i0");
        this.pages = new Pages(store);
        this.figures = new LicenceFigures(store, settings.licenceFigureLag());
        this.locks = new Locks(settings.lockWait());
        this.sessions = new Sessions(settings.id(), settings.clock(), settings.sessionTimeout());
        this.signIns = new SignIns(this, settings);
        this.consumers =
                new Consumers(settings.clock(), new Consumers.Pair(settings.clientId(), settings.clientSecret()));
        this.usage = new ApiUsage(settings.clock(), settings.dailyApiLimit());
        var userRules = new UserRules(settings, this, pendingEmails, blockers, mails);
        var writer = new Writer(
                store,
                Map.of(
                        "User", userRules,
                        "UserLogin", new UserLoginRules(),
                        "UserRole", new RoleRules(),
                        "PermissionSetAssignment", new AssignmentRules(),
                        "PermissionSetLicenseAssign", new LicenceAssignmentRules(),
                        "Group", new GroupRules(),
                        "GroupMember", new GroupMemberRules(),
                        "Account", new BusinessRules(),
                        "Contact", new BusinessRules(),
                        "Lead", new BusinessRules()));
        this.writes = new WriteCalls(store, writer, locks, settings.lockHold(), replication, this::now, lock);
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

    /** What the org wrote to users by mail. */
    public Mails mails() {
        return mails;
    }

    /** The locks of rows and of group membership, to be held against the org's clients. */
    public Locks locks() {
        return locks;
    }

    public DeactivationBlockers deactivationBlockers() {
        return blockers;
    }

    /** The time of the org: whole seconds, as its stamps are. */
    public Instant now() {
        return settings.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Notes a finished call that met no fault. */
    public void journal(Call call, CallOutcome outcome, boolean answered) {
        journal(call, outcome, Optional.empty(), answered);
    }

    /** Notes a finished call, and the fault it met. */
    public void journal(Call call, CallOutcome outcome, Optional<Fault> fault, boolean answered) {
        journal.add(
                settings.clock().instant(),
                call,
                outcome,
                fault.map(Fault::label).orElse(""),
                answered);
    }

    /**
     * Carries out a write call as this user.
     *
     * @throws ApiRefusal when the whole call is refused; nothing was changed then
     */
    public List<RowResult> write(String actorId, WriteRequest request) {
        return writes.write(actorId, request);
    }

    /**
     * Runs calls of this thread as one: when {@code work} answers false or throws, all that they changed is taken
     * back.
     */
    public boolean together(BooleanSupplier work) {
        return writes.together(work);
    }

    void onUndo(Runnable action) {
        writes.onUndo(action);
    }

    /** Answers a query with its first part of at most {@code size} rows. */
    public ResultPage query(String userId, String soql, int size) {
        Query query = Query.parse(soql);
        if (LicenceFigures.shows(query.object())) {
            change(any -> figures.refresh(now()));
        }
        return read(() -> pages.first(userId, query, size));
    }

    /** Goes on with an answer where the locator ("01g…-2000") says. */
    public ResultPage queryMore(String userId, String locator, int size) {
        return read(() -> pages.next(userId, locator, size));
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

    /** All addresses not confirmed yet, by user id. */
    public Map<String, String> pendingEmails() {
        return pendingEmails.all();
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
        change(any -> figures.setSeats(licence, total));
    }

    /** Sets a user's password as an administrator; nothing but a login can test it. */
    public void setPassword(String actorId, String userId, String password) {
        signIns.setPassword(actorId, userId, password);
    }

    /** Sets a random password, which expires with its first use, and tells it; by mail too if it is wanted. */
    public String resetPassword(String actorId, String userId, boolean mails) {
        return signIns.resetPassword(actorId, userId, mails);
    }

    /** The active, not frozen user with this name and password, from inside the trusted networks. */
    public Optional<Row> signIn(String username, String password) {
        return signIns.signIn(username, password);
    }

    /** Tries a name with a password, which ends in the security token where the org wants one. */
    public SignInAttempt attemptSignIn(String username, String secret) {
        return signIns.attempt(username, secret);
    }

    /** Counts a sign-in of this user; false when he has used up those of this hour. */
    public boolean mayCountSignIn(String userId) {
        return signIns.mayCountSignIn(userId);
    }

    /** The security token in the user's mail. */
    public String securityTokenOf(String userId) {
        return signIns.securityTokenOf(userId);
    }

    /** Changes the password of the user whose session it is. */
    public void changeOwnPassword(String userId, String old, String password) {
        signIns.changeOwnPassword(userId, old, password);
    }

    /** Whether the user must choose a new password before anything else. */
    public boolean isPasswordExpired(String userId) {
        return signIns.isPasswordExpired(userId);
    }

    /** Whether this user is active: sessions of others are dead. */
    public boolean isActive(String userId) {
        return signIns.isActive(userId);
    }

    /** Whether this user is active and not frozen. */
    public boolean maySignIn(String userId) {
        return signIns.maySignIn(userId);
    }

    /** Changes rows outside any call of a client. */
    void change(Consumer<Store> work) {
        lock.writeLock().lock();
        try {
            work.accept(store);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T read(Supplier<T> question) {
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
