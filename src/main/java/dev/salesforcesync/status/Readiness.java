package dev.salesforcesync.status;

import dev.salesforcesync.failure.Failure;

/** How a resource as a whole is doing, in the words of kstatus. */
public sealed interface Readiness {
    String reason();

    String message();

    /** All is as it should be. */
    record Ready(String reason, String message) implements Readiness {}

    /** On the way; nobody has to do anything. */
    record Reconciling(String reason, String message) implements Readiness {}

    /** Goes no further until a person does something. */
    record Stalled(String reason, String message) implements Readiness {}

    /** Told to stand still. */
    record Suspended(String message) implements Readiness {
        @Override
        public String reason() {
            return "Suspended";
        }
    }

    /** What a failure means for the resource that met it. */
    static Readiness of(Failure failure) {
        return failure instanceof Failure.Terminal
                ? new Stalled(failure.reason(), failure.message())
                : new Reconciling(failure.reason(), failure.message());
    }
}
