package dev.salesforcesync.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Calls the commands as a step of a pipeline does. */
final class Pipeline {
    private Pipeline() {}

    /** What came of a call. */
    record Ended(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Ended call(String... words) {
        return call("", Map.of(), words);
    }

    static Ended call(String in, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = CommandLine.run(
                List.of(words),
                new Console(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
