package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceIdTest {

    @Provide
    Arbitrary<String> fifteen() {
        return Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('A', 'Z')
                .withCharRange('a', 'z')
                .ofLength(15);
    }

    /** From Salesforce Help, "Convert 15-character ID to 18-character ID": five bits each, the first letter the lowest. */
    private static String checksum(String fifteen) {
        return List.of(fifteen.substring(0, 5), fifteen.substring(5, 10), fifteen.substring(10)).stream()
                .map(part -> {
                    String bits = new StringBuilder(part)
                            .reverse()
                            .chars()
                            .mapToObj(c -> Character.isUpperCase(c) ? "1" : "0")
                            .collect(Collectors.joining());
                    int number = Integer.parseInt(bits, 2);
                    return String.valueOf((char) (number < 26 ? 'A' + number : '0' + number - 26));
                })
                .collect(Collectors.joining());
    }

    @Property
    void showsWhatItWasGivenWithItsChecksum(@ForAll("fifteen") String text) {
        SalesforceId id = new SalesforceId(text);

        assertThat(id.value()).isEqualTo(text + checksum(text)).hasToString(id.toString());
        assertThat(new SalesforceId(id.value())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(new SalesforceId(id.head(), id.tail())).isEqualTo(id);
    }

    @Property
    void isOrderedAndEqualLikeItsText(@ForAll("fifteen") String one, @ForAll("fifteen") String other) {
        String near = one.substring(0, 14) + other.substring(14);
        for (String second : List.of(other, near, one)) {
            SalesforceId first = new SalesforceId(one);
            SalesforceId compared = new SalesforceId(second);

            assertThat(Integer.signum(first.compareTo(compared)))
                    .isEqualTo(Integer.signum(first.value().compareTo(compared.value())));
            assertThat(first.equals(compared)).isEqualTo(one.equals(second));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00500000000000",
                "0050000000000001",
                "00500000000000100",
                "005000000000001AAAA",
                "00500000000000-",
                "00500000000000é",
                "00500000000000 AAA",
                "005000000000001AA-"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SalesforceId(text))
                .withMessage("not a Salesforce id");
    }

    @Test
    void doesNotLookAtTheChecksum() {
        assertThat(new SalesforceId("00500000000000Aaaa"))
                .isEqualTo(new SalesforceId("00500000000000A"))
                .hasToString("00500000000000AAAQ");
    }

    @Test
    void tellsApartWhatDiffersInCaseOnly() {
        assertThat(new SalesforceId("00500000000000a")).isNotEqualTo(new SalesforceId("00500000000000A"));
        assertThat(new SalesforceId("00500000000000a")).hasToString("00500000000000aAAA");
        assertThat(new SalesforceId("00500000000000A")).hasToString("00500000000000AAAQ");
    }
}
