package dev.salesforcesync.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A JVM of its own, whose output is kept in {@code target/benchmark}. Ends with this one. */
final class Child implements AutoCloseable {
    static final String TOLD = "told: ";
    static final String READY = "ready";

    private static final Path FOLDER = Path.of("target", "benchmark");
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    /** What {@code /proc} counts processor time in (USER_HZ, proc(5)). */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path log;
    private final Map<String, String> told = new HashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts a program of the test class path that serves a {@link ControlPage}, and waits until it is ready. */
    static Child program(Class<?> main, List<String> flags, List<String> arguments) {
        Child child = start(main.getSimpleName(), flags, classPath(true), main.getName(), arguments, Map.of(), false);
        child.readUntilReady();
        return child;
    }

    /** Starts a program of the product, without anything of the tests on its class path. */
    static Child product(Class<?> main, List<String> flags, Map<String, String> environment) {
        return start("operator", flags, classPath(false), main.getName(), List.of(), environment, true);
    }

    private static Child start(
            String name,
            List<String> flags,
            String classPath,
            String main,
            List<String> arguments,
            Map<String, String> environment,
            boolean silent) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        try {
            Files.createDirectories(FOLDER);
            Path log = FOLDER.resolve(name.toLowerCase(Locale.ROOT) + "-" + NUMBER.incrementAndGet() + ".log");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            if (silent) {
                builder.redirectErrorStream(true).redirectOutput(log.toFile());
            } else {
                builder.redirectError(log.toFile());
            }
            return new Child(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(boolean tests) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> tests || !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void readUntilReady() {
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); !READY.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("ended before it was ready; see " + log);
                }
                if (line.startsWith(TOLD)) {
                    String[] pair = line.substring(TOLD.length()).split("=", 2);
                    told.put(pair[0], pair[1].replace("\\n", "\n"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the program told before it was ready. */
    String told(String key) {
        return Objects.requireNonNull(told.get(key), key);
    }

    /** Asks the program's control page. */
    byte[] ask(String pathAndQuery) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(told("control") + pathAndQuery))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        pathAndQuery + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String askText(String pathAndQuery) {
        return new String(ask(pathAndQuery), StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Memory of the process that is in RAM now, in MB of a million bytes (VmRSS of proc(5), all in). */
    double residentMegabytes() {
        return Long.parseLong(status("VmRSS:").replaceAll("\\D", "")) * 1024 / 1e6;
    }

    private String status(String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith(name)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds of processor time of all threads since the start. */
    double processorSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and SIGKILL if that does not help. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** SIGKILL: nothing of it gets a chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("it does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
