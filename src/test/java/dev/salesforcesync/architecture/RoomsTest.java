package dev.salesforcesync.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RoomsTest {
    private static final String ROOT = "dev.salesforcesync";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify..";
    private static final String LOGGER = "org.slf4j..";
    private static final String FABRIC8_MODEL = "io.fabric8.kubernetes.api..";
    private static final String JACKSON = "com.fasterxml.jackson..";

    /** What each room may use, its own package aside. */
    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("failure", List.of(JDK, NULLNESS)),
            Map.entry("model", List.of(JDK, NULLNESS)),
            Map.entry("policy", List.of(JDK, NULLNESS, in("model"), in("failure"), in("policy.expression"))),
            Map.entry(
                    "policy.expression",
                    List.of(
                            JDK,
                            NULLNESS,
                            in("model"),
                            in("failure"),
                            "dev.cel..",
                            "com.google.common..",
                            "com.google.re2j..")),
            Map.entry("schema", List.of(JDK, NULLNESS, JACKSON, "dev.cel..", "com.google.re2j..")),
            Map.entry("plan", List.of(JDK, NULLNESS, in("model"), in("failure"), in("policy"))),
            Map.entry("license", List.of(JDK, NULLNESS, in("model"), in("failure"))),
            Map.entry("status", List.of(JDK, NULLNESS, in("model"), in("failure"), in("api.v1alpha1"), FABRIC8_MODEL)),
            Map.entry(
                    "api.v1alpha1",
                    List.of(
                            JDK,
                            NULLNESS,
                            FABRIC8_MODEL,
                            "io.fabric8.kubernetes.client",
                            "io.fabric8.kubernetes.model..",
                            "io.fabric8.generator.annotation..",
                            "io.fabric8.crd.generator.annotation..",
                            "com.fasterxml.jackson.annotation..")),
            Map.entry(
                    "directory",
                    List.of(
                            JDK,
                            "javax.net..",
                            "javax.naming..",
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("telemetry"),
                            "com.unboundid..")),
            Map.entry(
                    "salesforce",
                    List.of(
                            JDK,
                            "javax.net..",
                            "javax.xml..",
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("telemetry"),
                            "com.sforce..",
                            JACKSON)),
            Map.entry(
                    "password",
                    List.of(
                            JDK,
                            "javax..",
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("telemetry"),
                            "com.unboundid..")),
            Map.entry(
                    "password.intake",
                    List.of(
                            JDK,
                            "javax..",
                            "com.sun.net.httpserver..",
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("password"),
                            in("telemetry"),
                            "com.unboundid..")),
            Map.entry(
                    "ledger",
                    List.of(
                            JDK,
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("password"),
                            in("telemetry"),
                            "io.fabric8.kubernetes..")),
            Map.entry(
                    "converge",
                    List.of(
                            JDK,
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("policy"),
                            in("policy.expression"),
                            in("plan"),
                            in("license"),
                            in("directory"),
                            in("salesforce"),
                            in("password"),
                            in("ledger"),
                            in("report"),
                            in("telemetry"))),
            Map.entry(
                    "command",
                    List.of(
                            JDK,
                            NULLNESS,
                            LOGGER,
                            in("model"),
                            in("failure"),
                            in("api.v1alpha1"),
                            in("schema"),
                            in("config"),
                            in("policy"),
                            in("plan"),
                            in("controller"),
                            in("converge"),
                            in("directory"),
                            in("salesforce"),
                            in("ledger"),
                            in("telemetry"),
                            "io.fabric8.kubernetes..",
                            "org.yaml.snakeyaml..",
                            JACKSON)),
            Map.entry("report", List.of(JDK, NULLNESS, LOGGER, in("model"), in("failure"), JACKSON)),
            Map.entry("config", List.of(JDK, NULLNESS)),
            Map.entry(
                    "telemetry",
                    List.of(JDK, NULLNESS, LOGGER, "io.micrometer..", "io.prometheus..", "com.sun.net.httpserver..")));

    /**
     * Libraries that only few rooms may name. CEL has two dialects: that of policies, which is guarded, and that of the
     * API server, which is not.
     */
    private static final Map<String, List<String>> OWNED_LIBRARIES = Map.of(
            "dev.cel..", List.of("policy.expression", "schema"),
            "com.sforce..", List.of("salesforce"),
            "io.micrometer..", List.of("telemetry"));

    @TestFactory
    Stream<DynamicTest> eachRoomUsesOnlyWhatItMay() {
        return ALLOWED.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.getKey(),
                        () -> classes()
                                .that()
                                .resideInAPackage(in(room.getKey()))
                                .should()
                                .onlyDependOnClassesThat(anyOf(in(room.getKey()), room.getValue()))
                                .allowEmptyShould(true)
                                .check(PRODUCT)));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsNamedInItsOwnRoomsOnly() {
        return OWNED_LIBRARIES.entrySet().stream()
                .map(library -> DynamicTest.dynamicTest(
                        library.getKey(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackages(library.getValue().stream()
                                        .map(RoomsTest::in)
                                        .toArray(String[]::new))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(library.getKey())
                                .check(PRODUCT)));
    }

    @Test
    void noRoomKnowsTheRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(PRODUCT);
    }

    @Test
    void pureRoomsHaveNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(in("model"), in("failure"), in("policy"), in("plan"), in("license"), in("status"))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .check(PRODUCT);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (String tree : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(tree))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .filter(folder -> tree.startsWith("src/main") || !mirrorsARoom(folder))
                        .forEach(silent::add);
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void theTableNamesEveryRoom() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src/main/java/dev/salesforcesync"))) {
            List<String> rooms = folders.filter(folder -> Files.exists(folder.resolve("package-info.java")))
                    .map(folder -> Path.of("src/main/java/dev/salesforcesync")
                            .relativize(folder)
                            .toString()
                            .replace('/', '.'))
                    .filter(name -> !name.isEmpty() && !name.equals("controller"))
                    .collect(Collectors.toList());
            assertThat(ALLOWED.keySet()).containsExactlyInAnyOrderElementsOf(rooms);
        }
    }

    private static boolean mirrorsARoom(Path testFolder) {
        Path room = Path.of("src/main/java").resolve(Path.of("src/test/java").relativize(testFolder));
        return Files.exists(room.resolve("package-info.java"));
    }

    private static DescribedPredicate<JavaClass> anyOf(String own, List<String> others) {
        String[] all = Stream.concat(Stream.of(own), others.stream()).toArray(String[]::new);
        return resideInAnyPackage(all)
                .or(DescribedPredicate.describe(
                        "are primitive", type -> type.getBaseComponentType().isPrimitive()))
                .as("reside in one of " + Arrays.toString(all));
    }

    private static String in(String room) {
        return ROOT + "." + room;
    }
}
