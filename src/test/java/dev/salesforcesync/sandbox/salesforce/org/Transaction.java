package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One write call under way: every change can be taken back, row by row or all together. */
final class Transaction {
    private final Store store;
    private final String actorId;
    private final Instant now;
    private final boolean mailsUsers;
    private final List<Runnable> undo = new ArrayList<>();

    /**
     * A call of the user {@code actorId} at {@code now}; the org keeps whole seconds.
     */
    Transaction(Store store, String actorId, Instant now) {
        this(store, actorId, now, false);
    }

    Transaction(Store store, String actorId, Instant now, boolean mailsUsers) {
        this.store = store;
        this.actorId = actorId;
        this.now = now;
        this.mailsUsers = mailsUsers;
    }

    /** Whether new users are to get their welcome mail. */
    boolean mailsUsers() {
        return mailsUsers;
    }

    Store store() {
        return store;
    }

    String actorId() {
        return actorId;
    }

    Instant now() {
        return now;
    }

    /** Stores a new row and gives it its id and its stamps. */
    Row insert(Draft draft) {
        ObjectType type = draft.type();
        Table table = store.table(type);
        draft.set("Id", store.mint(type));
        draft.set("CreatedDate", now);
        draft.set("CreatedById", actorId);
        stamp(draft);
        Row row = draft.row();
        table.put(row);
        undo.add(() -> table.remove(row.id()));
        return row;
    }

    /** Replaces a row and stamps it. */
    Row replace(Row before, Draft draft) {
        Table table = store.table(draft.type());
        stamp(draft);
        Row row = draft.row();
        table.put(row);
        undo.add(() -> table.put(before));
        return row;
    }

    void remove(Row row) {
        Table table = store.table(row.type());
        table.remove(row.id());
        undo.add(() -> table.put(row));
    }

    void countActive(String profileId, int change) {
        store.countActive(profileId, change);
        undo.add(() -> store.countActive(profileId, -change));
    }

    void count(String what, int change) {
        store.count(what, change);
        undo.add(() -> store.count(what, -change));
    }

    /** Notes how to take back something outside the tables. */
    void onUndo(Runnable action) {
        undo.add(action);
    }

    int mark() {
        return undo.size();
    }

    void undoTo(int mark) {
        for (int at = undo.size() - 1; at >= mark; at--) {
            undo.remove(at).run();
        }
    }

    private void stamp(Draft draft) {
        draft.set("LastModifiedDate", now);
        draft.set("LastModifiedById", actorId);
        draft.set("SystemModstamp", now);
    }
}
