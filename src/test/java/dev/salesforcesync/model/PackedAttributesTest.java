package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackedAttributesTest {

    @Provide
    Arbitrary<Map<String, List<String>>> attributes() {
        Arbitrary<String> names =
                Arbitraries.of("sn", "Mail", "department", "title", "l", "co", "telephoneNumber", "x1");
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(300),
                Arbitraries.strings().withCharRange('a', 'z').ofLength(20_000),
                Arbitraries.of("", "Müller-Lüdenscheidt", "渡辺", "😀", "half \ud83d"));
        return Arbitraries.maps(names, texts.list().ofMaxSize(5)).ofMaxSize(8);
    }

    private static PackedAttributes packed(Map<String, List<String>> attributes) {
        PackedTexts.Writer writer = new PackedTexts.Writer();
        return new PackedAttributes(PackedAttributes.write(attributes, writer), writer.bytes(), 0);
    }

    @Property(tries = 100)
    void holdsWhatItWasGivenWithoutRegardToTheCaseOfNames(@ForAll("attributes") Map<String, List<String>> given) {
        Map<String, List<String>> model = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        model.putAll(given);

        PackedAttributes packed = packed(given);

        assertThat(packed).isEqualTo(model).hasSize(model.size());
        model.forEach((name, values) -> {
            assertThat(packed.get(name.toUpperCase(Locale.ROOT))).isEqualTo(values);
            assertThat(packed.containsKey(name.toLowerCase(Locale.ROOT))).isTrue();
        });
        assertThat(packed.get("missing")).isNull();
        assertThat(packed.hashCode()).isEqualTo(Map.copyOf(model).hashCode());
    }

    @Test
    void cannotBeChanged() {
        PackedAttributes packed = packed(Map.of("sn", List.of("A")));

        assertThatThrownBy(() -> packed.put("sn", List.of("B"))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(packed::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
