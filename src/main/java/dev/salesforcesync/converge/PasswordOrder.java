package dev.salesforcesync.converge;

import java.time.Duration;

/**
 * How passwords follow the directory.
 *
 * @param unlock whether users are let in again after a lockout, see the spec
 * @param mailWhenRefused whether Salesforce sends its reset mail when it refuses a captured password
 * @param timeToLive how long a captured password that can't be set is kept
 */
public record PasswordOrder(Mode mode, boolean unlock, boolean mailWhenRefused, Duration timeToLive) {
    public static final PasswordOrder NONE = new PasswordOrder(Mode.NONE, false, false, Duration.ZERO);

    /** What makes them follow. */
    public enum Mode {
        NONE,
        CAPTURE,
        RESET_EMAIL
    }
}
