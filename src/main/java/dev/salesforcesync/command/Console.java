package dev.salesforcesync.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param in the file that is called {@code -}
 * @param out results, for people and for the next program
 * @param err everything else
 * @param environment of the process
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    public Console {
        environment = Map.copyOf(environment);
    }
}
