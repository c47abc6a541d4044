package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.AccountState.Activity;
import dev.salesforcesync.model.AccountState.Lockout;
import dev.salesforcesync.model.AccountState.PasswordState;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DueTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final ObjectGuid guid = new ObjectGuid(new UUID(1, 1));

    private Person person(AccountState account) {
        return new Person(guid, "CN=P", Map.of(), account);
    }

    private static AccountState expiring(Instant at) {
        return new AccountState(true, Optional.of(at), Lockout.NONE, PasswordState.UNKNOWN, Activity.NEVER);
    }

    private static DueTimes of(Person person, Duration... inactivity) {
        DueTimes times = new DueTimes(Set.of(inactivity));
        times.renew(List.of(person), NOW);
        return times;
    }

    @Test
    void anAccountThatEndsIsDueOnceAtItsEnd() {
        Person person = person(expiring(NOW.plus(HOUR)));
        DueTimes times = of(person);

        assertThat(times.due(List.of(person), NOW.plus(HOUR).minusMillis(1))).isEmpty();
        assertThat(times.due(List.of(person), NOW.plus(HOUR))).containsExactly(guid);
        assertThat(times.due(List.of(person), NOW.plus(HOUR))).isEmpty();
    }

    @Test
    void whatIsFarAwayIsFoundWhenItsDayComes() {
        Person person = person(expiring(NOW.plus(Duration.ofDays(3))));
        DueTimes times = of(person);

        for (int hours = 1; hours < 72; hours += 7) {
            assertThat(times.due(List.of(person), NOW.plus(HOUR.multipliedBy(hours))))
                    .isEmpty();
        }
        assertThat(times.due(List.of(person), NOW.plus(Duration.ofDays(3)))).containsExactly(guid);
    }

    @Test
    void aPasswordAndALongAbsenceAreDueToo() {
        Instant lastLogon = NOW.minus(Duration.ofDays(90)).plus(HOUR.multipliedBy(2));
        Person person = person(new AccountState(
                true,
                Optional.empty(),
                Lockout.NONE,
                new PasswordState(Optional.of(NOW), false, Optional.of(NOW.plus(HOUR))),
                new Activity(Optional.of(lastLogon))));
        DueTimes times = of(person, Duration.ofDays(90));

        assertThat(times.due(List.of(person), NOW.plus(HOUR))).containsExactly(guid);
        assertThat(times.due(List.of(person), NOW.plus(HOUR))).isEmpty();
        assertThat(times.due(List.of(person), NOW.plus(HOUR.multipliedBy(2)))).containsExactly(guid);
    }

    @Test
    void aLockoutThatOutlastsThePolicyIsLookedAtAgain() {
        Lockout lockout = new Lockout(true, Optional.of(NOW.minus(HOUR)), Optional.of(NOW.minusSeconds(1)));
        Person person =
                person(new AccountState(true, Optional.empty(), lockout, PasswordState.UNKNOWN, Activity.NEVER));
        DueTimes times = of(person);

        assertThat(times.due(List.of(person), NOW.plus(Duration.ofMinutes(4)))).isEmpty();
        assertThat(times.due(List.of(person), NOW.plus(Duration.ofMinutes(5)))).containsExactly(guid);
    }

    @Test
    void whatNeverEndsIsNeverDue() {
        Person person = person(AccountState.ACTIVE);

        assertThat(of(person, Duration.ofDays(90)).due(List.of(person), NOW.plus(Duration.ofDays(4_000))))
                .isEmpty();
    }
}
