package dev.salesforcesync.model;

/** What a user may hold any number of, beside his one profile and his one role. */
public enum EntitlementKind {
    PERMISSION_SET,
    PERMISSION_SET_GROUP,
    PERMISSION_SET_LICENSE,
    PUBLIC_GROUP,
    QUEUE
}
