package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommonTextsTest {
    private final CommonTexts texts = new CommonTexts(20);

    private static SalesforceUser user(String title) {
        return new SalesforceUser(new SalesforceId("005000000000001"), Map.of("Title", title), Instant.EPOCH);
    }

    @Test
    void givesTextsThatComeOftenANumberOfTheirOwn() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int person = 0; person < 10_000; person++) {
            assertThat(texts.number("person" + person)).isNegative();
            String city = "City " + person % 10;
            int number = texts.number(city);
            if (number >= 0) {
                numbers.putIfAbsent(city, number);
                assertThat(number).isEqualTo(numbers.get(city));
                assertThat(texts.text(number)).isEqualTo(city);
            }
        }

        assertThat(numbers).hasSize(10);
        assertThat(new HashSet<>(numbers.values())).hasSize(10);
    }

    @Test
    void learnsNoMoreThanItMayAndNothingLongOrEmpty() {
        Set<Integer> numbers = new HashSet<>();
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 100; i++) {
                numbers.add(texts.number("word" + i));
            }
            assertThat(texts.number("")).isNegative();
            assertThat(texts.number("x".repeat(65))).isNegative();
        }

        numbers.remove(-1);
        assertThat(numbers).hasSize(20).allMatch(number -> number >= 0 && number < 20);
    }

    @Test
    void whatWasPackedBeforeATextWasKnownIsEqualToWhatWasPackedLater() {
        String title = "Learnt in CommonTextsTest";
        SalesforceUser early = user(title);
        Person before = new Person(new ObjectGuid(1, 1), title, Map.of("l", List.of(title)), AccountState.ACTIVE);
        for (int i = 0; i < 100; i++) {
            user(title);
        }

        assertThat(user(title)).isEqualTo(early).hasSameHashCodeAs(early);
        assertThat(user(title).field("Title")).contains(title);
        assertThat(user(title)).isNotEqualTo(user(title + "!"));
        Person after = new Person(new ObjectGuid(1, 1), title, Map.of("l", List.of(title)), AccountState.ACTIVE);
        assertThat(after).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(after.attributes()).isEqualTo(before.attributes()).hasSameHashCodeAs(before.attributes());
    }
}
