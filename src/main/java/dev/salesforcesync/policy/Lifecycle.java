package dev.salesforcesync.policy;

/**
 * What becomes of joiners, leavers and returners.
 *
 * @param create whether users are created
 * @param update whether owned fields are written
 * @param whenDisabled what becomes of somebody whose account is disabled or has expired
 * @param whenDeleted what becomes of somebody whose entry was deleted
 * @param whenOutOfScope what becomes of somebody who is no longer meant
 * @param whenBack what becomes of somebody whose reason for leaving has ended
 */
public record Lifecycle(
        boolean create, boolean update, Leave whenDisabled, Leave whenDeleted, Leave whenOutOfScope, Return whenBack) {
    public static final Lifecycle DEFAULT =
            new Lifecycle(true, true, Leave.FREEZE_THEN_DEACTIVATE, Leave.DEACTIVATE, Leave.NONE, Return.REACTIVATE);

    /** What is taken from a leaver. */
    public enum Leave {
        /** Nothing. */
        NONE,
        /** Sign-in; the seat stays taken. */
        FREEZE,
        /** Sign-in and seat. */
        DEACTIVATE,
        /** Sign-in at once, then the seat: if Salesforce refuses the second, the first still holds. */
        FREEZE_THEN_DEACTIVATE;

        public boolean freezes() {
            return this == FREEZE || this == FREEZE_THEN_DEACTIVATE;
        }

        public boolean deactivates() {
            return this == DEACTIVATE || this == FREEZE_THEN_DEACTIVATE;
        }
    }

    /** What a returner gets. */
    public enum Return {
        NONE,
        REACTIVATE
    }
}
