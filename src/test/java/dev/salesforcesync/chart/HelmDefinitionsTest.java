package dev.salesforcesync.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The definitions in the chart are those in {@code crds/}. Helm reads no file outside a chart, so the chart has copies;
 * {@code mvn test -Dtest=HelmDefinitionsTest -Dcrds.write=true} renews them.
 */
class HelmDefinitionsTest {

    private static final Path DEFINITIONS = Path.of("crds");
    private static final Path COPIES = RenderedChart.CHART.resolve("crd-bodies");

    @Test
    void areCopiedIntoTheChart() throws IOException {
        Map<String, String> definitions = contents(DEFINITIONS);
        if (Boolean.getBoolean("crds.write")) {
            for (String gone : contents(COPIES).keySet()) {
                Files.delete(COPIES.resolve(gone));
            }
            for (Map.Entry<String, String> definition : definitions.entrySet()) {
                Files.writeString(COPIES.resolve(definition.getKey()), definition.getValue());
            }
        }

        assertThat(contents(COPIES)).isEqualTo(definitions);
    }

    @Test
    void comeOutOfTheChartUnchangedAndAreKept() throws IOException {
        RenderedChart chart = RenderedChart.with("");

        for (String text : contents(DEFINITIONS).values()) {
            CustomResourceDefinition wanted = Serialization.unmarshal(text, CustomResourceDefinition.class);
            CustomResourceDefinition rendered = chart.all(CustomResourceDefinition.class).stream()
                    .filter(definition -> definition
                            .getMetadata()
                            .getName()
                            .equals(wanted.getMetadata().getName()))
                    .findFirst()
                    .orElseThrow();
            // Not isEqualTo: its message would be a megabyte.
            assertThat(rendered.getSpec().equals(wanted.getSpec()))
                    .as(wanted.getMetadata().getName())
                    .isTrue();
            assertThat(rendered.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        }
    }

    @Test
    void canGoWithTheReleaseOrStayOut() {
        assertThat(RenderedChart.with("crds: {keep: false}").all(CustomResourceDefinition.class))
                .hasSize(3)
                .extracting(HasMetadata::getMetadata)
                .allSatisfy(
                        metadata -> assertThat(metadata.getAnnotations()).doesNotContainKey("helm.sh/resource-policy"));
        assertThat(RenderedChart.with("crds: {enabled: false}").all(CustomResourceDefinition.class))
                .isEmpty();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
