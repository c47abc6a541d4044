package dev.salesforcesync.plan;

/** What an action means for the person concerned; the guard limits kinds, not actions. */
public enum Kind {
    /** Takes sign-in or seat: freezing and deactivating. */
    DEACTIVATE,
    /** Takes a right: any change of profile counts, and losing a permission set, licence, group or queue. */
    REMOVE_ENTITLEMENT,
    /** Gives a permission set, licence, group or queue. */
    GRANT_ENTITLEMENT,
    /** Gives a profile or permission set that may manage users or modify all data. */
    GRANT_PRIVILEGED,
    /** Changes how somebody signs in, or where his mail goes. */
    CHANGE_USERNAME_OR_EMAIL,
    /** Changes any other field. */
    UPDATE,
    /** Adds a user. */
    CREATE,
    /** Gives back sign-in or seat. */
    REACTIVATE
}
