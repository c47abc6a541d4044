package dev.salesforcesync.password;

/** Where listeners hand changes over. Safe for use by several threads. */
public interface PasswordDesk {

    /** Decides and stores; blocks until that is done. The desk wipes the change, whatever comes of it. */
    Receipt hand(TargetId policy, PasswordChange change);
}
