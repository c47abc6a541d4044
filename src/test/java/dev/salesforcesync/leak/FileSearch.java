package dev.salesforcesync.leak;

import dev.salesforcesync.leak.LeakSearch.Leak;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Searches what a build has left in files: {@code FileSearch SECRETS PATH...}. SECRETS is a file with one secret a line;
 * lines that begin with # are remarks. Whatever begins with {@link #MARKER} and whatever looks like a session id is a
 * secret without being listed, and so are the values of the environment's {@link #VARIABLES}.
 */
public final class FileSearch {
    /** How the secrets of test fixtures begin, where nothing speaks against it. */
    public static final String MARKER = "leak-marker-";

    static final int CLEAN = 0;
    static final int FOUND = 1;
    static final int NOTHING_TO_SEARCH = 2;

    /** Variables that hold the secrets of the tests on real parts. */
    static final List<String> VARIABLES =
            List.of("SALESFORCESYNC_AD_PASSWORD", "SALESFORCESYNC_SF_CLIENT_SECRET", "SALESFORCESYNC_SF_PASSWORD");

    /** An org's id, "!" and about a hundred characters; what documents shorten with dots does not fit. */
    private static final Pattern SESSION = Pattern.compile("00D[A-Za-z0-9]{12}![A-Za-z0-9._]{60,}");

    private final LeakSearch search = new LeakSearch().secret("a secret of a fixture", MARKER);

    FileSearch(List<String> secrets, Map<String, String> environment) {
        int number = 0;
        for (String line : secrets) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                search.secret("secret " + number + " of the list", line.strip());
            }
        }
        VARIABLES.stream()
                .filter(name -> environment.getOrDefault(name, "").length() >= LeakSearch.SHORTEST)
                .forEach(name -> search.secret(name, environment.getOrDefault(name, "")));
    }

    /** Searches and prints what it finds, by file and kind, never the secret. */
    public static void main(String[] arguments) throws IOException {
        List<String> secrets = Files.readAllLines(Path.of(arguments[0]));
        List<Path> places = Arrays.stream(arguments)
                .skip(1)
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        System.exit(new FileSearch(secrets, System.getenv()).search(places, System.out));
    }

    int search(List<Path> places, PrintStream report) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            try (Stream<Path> all = Files.walk(place)) {
                all.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        List<Leak> leaks = new ArrayList<>();
        long bytes = 0;
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            bytes += content.length;
            leaks.addAll(in(file.toString(), new String(content, StandardCharsets.UTF_8)));
        }
        leaks.forEach(
                leak -> report.println("LEAK " + leak.secret() + " (" + leak.disguise() + ") in " + leak.where()));
        report.println(leaks.size() + " leaks in " + files.size() + " files of " + bytes + " bytes");
        if (bytes == 0) {
            return NOTHING_TO_SEARCH;
        }
        return leaks.isEmpty() ? CLEAN : FOUND;
    }

    private List<Leak> in(String file, String text) {
        List<Leak> leaks = new ArrayList<>(search.in(file, text));
        leaks.addAll(search.in(file + " (name)", file));
        if (SESSION.matcher(text).find()) {
            leaks.add(new Leak(file, "a session id", "PLAIN"));
        }
        return leaks;
    }
}
