package dev.salesforcesync.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.salesforce.SalesforceReason;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private static final Path PAGE = Path.of("src/docs/conditions.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/salesforcesync");

    /** Reasons as the code writes them where it makes a failure or a doubt. */
    private static final Pattern MADE = Pattern.compile(
            "(?:Terminal|Waiting|Transient|Stalled|Unproven|EntryProblem|doubts\\.add)\\(\\s*\"([A-Z][a-z]+[A-Za-z]+)\"");

    private static final Pattern DIRECTORY = Pattern.compile("\"(Directory[A-Z][A-Za-z]+)\"");
    private static final Pattern TOLD = Pattern.compile("`([A-Z][A-Za-z]+)`");

    @Test
    void thePageTellsEveryReasonThatTheCodeGives() throws IOException {
        Set<String> given = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                for (Pattern pattern : List.of(MADE, DIRECTORY)) {
                    pattern.matcher(source).results().map(r -> r.group(1)).forEach(given::add);
                }
            }
        }
        given.addAll(salesforceReasons());
        Arrays.stream(Linking.Code.values()).map(Enum::name).forEach(given::add);
        // reasons that only end a run inside the process
        given.removeAll(Set.of("Superseded", "Stopping"));

        assertThat(given).hasSizeGreaterThan(100);
        assertThat(told()).containsAll(given);
    }

    @Test
    void thePageTellsNoReasonOfSalesforceThatTheCodeNeverGives() throws IOException {
        Set<String> told = new TreeSet<>(told());
        told.removeIf(reason -> !reason.startsWith("Salesforce") || reason.equals("SalesforceConnection"));

        Set<String> given = new TreeSet<>(salesforceReasons());
        given.add("SalesforceLoginRecordMissing");
        assertThat(told).isEqualTo(given);
    }

    private static List<String> salesforceReasons() {
        return Arrays.stream(SalesforceReason.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static Set<String> told() throws IOException {
        Set<String> told = new TreeSet<>();
        TOLD.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .forEach(word -> told.add(word.replace("`", "")));
        return told;
    }
}
