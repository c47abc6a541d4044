package dev.salesforcesync.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl with one kubeconfig in one namespace. */
record Kubectl(Path kubeconfig, String namespace) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What a call answered; standard error comes after standard output. */
    record Answer(int exitCode, String text) {}

    /** Runs a call that must succeed. */
    String run(String... arguments) {
        return succeeded(call("", arguments), arguments);
    }

    /** Runs a call that must succeed, with a manifest on its standard input. */
    String runWith(String manifest, String... arguments) {
        return succeeded(call(manifest, arguments), arguments);
    }

    private static String succeeded(Answer answer, String... arguments) {
        if (answer.exitCode() != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + answer.text());
        }
        return answer.text();
    }

    Answer call(String manifest, String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig=" + kubeconfig, "-n", namespace));
        command.addAll(List.of(arguments));
        try {
            Path input = Files.createTempFile("kubectl", ".yaml");
            Path output = Files.createTempFile("kubectl", ".out");
            try {
                Files.writeString(input, manifest);
                Process process = new ProcessBuilder(command)
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectErrorStream(true)
                        .start();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("kubectl " + String.join(" ", arguments) + " did not end in " + PATIENCE);
                }
                return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(input);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
