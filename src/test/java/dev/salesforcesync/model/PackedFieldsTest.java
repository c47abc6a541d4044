package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackedFieldsTest {

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> names = Arbitraries.of("Username", "Email", "IsActive", "Title", "title", "X__c", "A");
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.strings().withCharRange('a', 'z').ofLength(20_000),
                Arbitraries.of("", "Müller-Lüdenscheidt", "渡辺", "😀", "\ud83d", "\ude00x", "x\ud83d"));
        return Arbitraries.maps(names, texts).ofMaxSize(7);
    }

    private static PackedFields packed(Map<String, String> fields) {
        PackedTexts.Writer writer = new PackedTexts.Writer();
        return new PackedFields(PackedFields.write(fields, writer), writer.bytes(), 0);
    }

    @Property(tries = 200)
    void holdsWhatItWasGiven(@ForAll("fields") Map<String, String> given) {
        PackedFields packed = packed(given);

        assertThat(packed).isEqualTo(given).hasSameHashCodeAs(given);
        assertThat(given).isEqualTo(packed);
        assertThat(packed.keySet()).containsExactlyElementsOf(new TreeMap<>(given).keySet());
        given.forEach((name, value) -> assertThat(packed.get(name)).isEqualTo(value));
        assertThat(packed.get("Missing")).isNull();
        assertThat(packed.containsKey("USERNAME")).isFalse();
    }

    @Property(tries = 200)
    void isEqualWhenEverythingIs(@ForAll("fields") Map<String, String> one, @ForAll("fields") Map<String, String> two) {
        assertThat(packed(one)).isEqualTo(packed(new TreeMap<>(one)));
        assertThat(packed(one).equals(packed(two))).isEqualTo(one.equals(two));
    }

    @Test
    void tellsNamesApartByTheirCase() {
        PackedFields packed = packed(Map.of("Title", "a", "title", "b"));

        assertThat(packed).containsEntry("Title", "a").containsEntry("title", "b");
        assertThat(packed).isNotEqualTo(packed(Map.of("Title", "b", "title", "a")));
    }

    @Test
    void cannotBeChanged() {
        PackedFields packed = packed(Map.of("Title", "a"));

        assertThatThrownBy(() -> packed.put("Title", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(packed::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aUserShowsNoValue() {
        SalesforceUser user = new SalesforceUser(
                new SalesforceId("005000000000001"), Map.of("Username", "anna@example.com"), Instant.EPOCH);

        assertThat(user).hasToString("SalesforceUser[005000000000001AAA]");
        assertThat(user.username()).isEqualTo("anna@example.com");
        assertThat(user)
                .isEqualTo(new SalesforceUser(
                        new SalesforceId("005000000000001AAA"),
                        new TreeMap<>(Map.of("Username", "anna@example.com")),
                        Instant.EPOCH));
    }
}
