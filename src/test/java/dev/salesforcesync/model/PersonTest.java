package dev.salesforcesync.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState.Activity;
import dev.salesforcesync.model.AccountState.Lockout;
import dev.salesforcesync.model.AccountState.PasswordState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PersonTest {
    private static final ObjectGuid GUID = new ObjectGuid(1, 2);

    /** What a person was made of. */
    private record Parts(ObjectGuid guid, String dn, Map<String, List<String>> attributes, AccountState account) {
        Person person() {
            return new Person(guid, dn, attributes, account);
        }
    }

    @Provide
    Arbitrary<Parts> parts() {
        Arbitrary<Optional<Instant>> moments = Arbitraries.of(
                        Instant.parse("2026-11-22T10:00:00.1234567Z"),
                        Instant.parse("1601-01-01T00:00:00Z"),
                        Instant.EPOCH,
                        Instant.MAX)
                .optional();
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        Arbitrary<AccountState> accounts = Combinators.combine(
                        yesOrNo,
                        moments,
                        Combinators.combine(yesOrNo, moments, moments).as(Lockout::new),
                        Combinators.combine(moments, yesOrNo, moments).as(PasswordState::new),
                        moments.map(Activity::new))
                .as(AccountState::new);
        Arbitrary<Map<String, List<String>>> attributes = Arbitraries.maps(
                        Arbitraries.of("sn", "mail", "memberOf"),
                        Arbitraries.of("", "Müller", "a@example.com").list().ofMaxSize(3))
                .ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.of(GUID, new ObjectGuid(2, 1)),
                        Arbitraries.of("CN=A,DC=b", "CN=Ä\\, x,DC=b", ""),
                        attributes,
                        accounts)
                .as(Parts::new);
    }

    @Property
    void isWhatWasRead(@ForAll("parts") Parts parts) {
        Person person = parts.person();

        assertThat(person.guid()).isEqualTo(parts.guid());
        assertThat(person.dn()).isEqualTo(parts.dn());
        assertThat(person.attributes()).isEqualTo(parts.attributes());
        assertThat(person.account()).isEqualTo(parts.account());
        assertThat(person.first("SN"))
                .isEqualTo(parts.attributes().getOrDefault("sn", List.of()).stream()
                        .findFirst());
    }

    @Property
    void isEqualWhenEverythingIs(@ForAll("parts") Parts one, @ForAll("parts") Parts other) {
        assertThat(one.person()).isEqualTo(one.person()).hasSameHashCodeAs(one.person());
        assertThat(one.person().equals(other.person())).isEqualTo(one.equals(other));
    }

    @Test
    void showsNothingButWhoHeIs() {
        Person person = new Person(GUID, "CN=Anna", Map.of("mail", List.of("anna@example.com")), AccountState.ACTIVE);

        assertThat(person).hasToString("Person[00000000-0000-0001-0000-000000000002]");
    }

    @Test
    void isFoundByNamesWithoutRegardToTheirCase() {
        Person one = new Person(GUID, "CN=A", Map.of("Mail", List.of("a")), AccountState.ACTIVE);
        Person other = new Person(GUID, "CN=A", Map.of("mail", List.of("a")), AccountState.ACTIVE);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.first("MAIL")).contains("a");
    }
}
