package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryBookTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Failure SOON = new Failure.Transient("Busy", "wait");
    private static final Failure SLOWLY = new Failure.Terminal("Wrong", "correct it");

    private final RetryBook book = new RetryBook(0.5);

    @Test
    void whatMayPassIsTriedSoonAndWhatMustBeMendedSlowly() {
        book.failed(leaves(1), SOON, NOON);
        assertThat(book.next(NOON, NOON)).contains(NOON.plusMillis(1_500));
        assertThat(book.waiting(leaves(1), NOON)).contains(SOON);
        assertThat(book.waiting(leaves(1), NOON.plusMillis(1_500))).isEmpty();

        book.clear();
        book.failed(leaves(1), SLOWLY, NOON);
        assertThat(book.next(NOON, NOON))
                .hasValueSatisfying(when -> assertThat(when).isAfter(NOON.plusSeconds(299)));
    }

    @Test
    void everyFailureOfTheSameActionDoublesTheDelay() {
        book.failed(leaves(1), SOON, NOON);
        book.failed(leaves(1), SOON, NOON);
        assertThat(book.next(NOON, NOON)).contains(NOON.plusSeconds(3));
    }

    @Test
    void whoeverFailedTogetherIsTriedTogether() {
        for (int i = 0; i < 100; i++) {
            book.failed(leaves(i), SOON, NOON.plusMillis(i));
        }
        Instant next = book.next(NOON, NOON.plusMillis(200)).orElseThrow();
        for (int i = 0; i < 100; i++) {
            assertThat(book.waiting(leaves(i), next)).isEmpty();
        }
    }

    @Test
    void nothingIsTriedBeforeTheOtherSideAllowsIt() {
        book.failed(leaves(1), new Failure.Transient("Busy", "wait", Duration.ofMinutes(1)), NOON);
        assertThat(book.waiting(leaves(1), NOON.plusSeconds(59))).isPresent();
        assertThat(book.waiting(leaves(1), NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void anotherActionForThePersonNeedNotWait() {
        book.failed(leaves(1), SLOWLY, NOON);
        assertThat(book.waiting(new Action.Freeze(person(1), user(1), "Disabled"), NOON))
                .isEmpty();
    }

    @Test
    void everyRightOfAPersonHasAPatienceOfItsOwn() {
        book.failed(gets(1, 1), SLOWLY, NOON);
        book.failed(gets(1, 2), SLOWLY, NOON);
        book.succeeded(leaves(1));

        assertThat(book.waiting(gets(1, 1), NOON)).contains(SLOWLY);
        assertThat(book.waiting(gets(1, 2), NOON)).contains(SLOWLY);
        assertThat(book.waiting(gets(1, 3), NOON)).isEmpty();
        book.succeeded(gets(1, 1));
        assertThat(book.waiting(gets(1, 1), NOON)).isEmpty();
        assertThat(book.waiting(gets(1, 2), NOON)).contains(SLOWLY);
        book.keepOnly(Set.of(person(2)));
        assertThat(book.waiting(gets(1, 2), NOON)).isEmpty();
    }

    private static Action gets(int number, int right) {
        return new Action.Assign(
                person(number),
                Optional.of(user(number)),
                new Entitlement(
                        EntitlementKind.QUEUE,
                        new SalesforceId("00G00000000000" + right),
                        "Queue",
                        Optional.empty(),
                        false),
                false,
                List.of("group"));
    }

    @Test
    void successWithSomethingElseIsNotItsSuccess() {
        book.failed(new Action.Freeze(person(1), user(1), "Disabled"), SOON, NOON);
        book.succeeded(leaves(1));
        assertThat(book.next(NOON, NOON)).isPresent();
    }

    @Test
    void whoseTimeComesBeforeTheRunEndsIsDueAtItsEnd() {
        Instant end = NOON.plus(Duration.ofMinutes(20));
        book.failed(leaves(1), SOON, NOON.plusSeconds(5));
        assertThat(book.next(NOON, end)).contains(end);
    }

    @Test
    void whoHadHisTurnInTheRunIsNotDueAgainByItself() {
        book.failed(leaves(1), SOON, NOON);
        Instant begin = NOON.plus(Duration.ofMinutes(20));
        assertThat(book.next(begin, begin.plusSeconds(1))).isEmpty();
    }

    @Test
    void successIsForgotten() {
        book.failed(leaves(1), SOON, NOON);
        book.succeeded(leaves(1));
        assertThat(book.next(NOON, NOON)).isEmpty();
    }

    private static Action leaves(int number) {
        return new Action.Deactivate(person(number), user(number), "Disabled");
    }

    private static ObjectGuid person(int number) {
        return ObjectGuid.parse(new UUID(0x1234, number).toString());
    }

    private static SalesforceId user(int number) {
        return new SalesforceId(String.format(java.util.Locale.ROOT, "005%012d", number));
    }
}
