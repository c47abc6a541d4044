package dev.salesforcesync.chart;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the chart becomes for a release {@code rel} in the namespace {@code sync}. */
record RenderedChart(List<HasMetadata> objects) {

    static final Path CHART = Path.of("helm");
    private static final String KUBERNETES = "1.32.0";

    private static final Pattern DOCUMENT_END = Pattern.compile("^---\\s*$", Pattern.MULTILINE);

    RenderedChart {
        objects = List.copyOf(objects);
    }

    /** Renders with values given as YAML. */
    static RenderedChart with(String values) {
        String manifests = withValuesFile(
                values,
                file -> new Helm(CHART)
                        .template()
                        .withName("rel")
                        .withNamespace("sync")
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(file)
                        .call());
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : DOCUMENT_END.splitAsStream(manifests).toList()) {
            boolean empty = document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
            if (!empty) {
                objects.add(Serialization.unmarshal(document, HasMetadata.class));
            }
        }
        return new RenderedChart(objects);
    }

    /** What Helm tells the person who installs. */
    static String notes(String values) {
        return withValuesFile(
                values,
                file -> new Helm(CHART)
                        .install()
                        .clientOnly()
                        .dryRun()
                        .withName("rel")
                        .withNamespace("sync")
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(file)
                        .call()
                        .getOutput());
    }

    private static <T> T withValuesFile(String values, Function<Path, T> use) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                return use.apply(Files.writeString(file, values));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> kind) {
        List<T> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind.getSimpleName());
        }
        return found.get(0);
    }

    /** Kind, name and namespace of each object, in order. */
    List<String> names() {
        return objects.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName()
                        + (object.getMetadata().getNamespace() == null
                                ? ""
                                : " in " + object.getMetadata().getNamespace()))
                .sorted()
                .toList();
    }
}
