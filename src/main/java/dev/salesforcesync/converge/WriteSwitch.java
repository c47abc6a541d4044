package dev.salesforcesync.converge;

import java.util.Optional;

/** The installation-wide switch that stops all writes at once; asked before every batch. */
@FunctionalInterface
public interface WriteSwitch {
    /** Why nothing may be written now, as a sentence; empty while writing is allowed. */
    Optional<String> stopped();
}
