package dev.salesforcesync.password;

/** By which sort of agent a change came. */
public enum Agent {
    PASSSYNC,
    JSON,
    MIDPOINT
}
