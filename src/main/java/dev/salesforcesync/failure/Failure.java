package dev.salesforcesync.failure;

import java.time.Duration;

/**
 * Why something did not happen, and therefore what happens next.
 *
 * <p>{@code reason} is a stable CamelCase word that goes into conditions and events as it is; {@code message} is a
 * sentence for the person on call that says what to do. Neither ever holds a password, a session id, a URL with a
 * query or a person's name.
 */
public sealed interface Failure {
    String reason();

    String message();

    /** The outside world may recover on its own; try again after a back-off, not before {@code atLeast}. */
    record Transient(String reason, String message, Duration atLeast) implements Failure {
        public Transient(String reason, String message) {
            this(reason, message, Duration.ZERO);
        }
    }

    /** Something this resource refers to is missing or not ready; its event wakes us. */
    record Waiting(String reason, String message) implements Failure {}

    /** Only a person can fix it; stop trying fast. */
    record Terminal(String reason, String message) implements Failure {}
}
