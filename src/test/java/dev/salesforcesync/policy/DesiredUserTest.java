package dev.salesforcesync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import dev.salesforcesync.policy.DesiredUser.DesiredReference;
import dev.salesforcesync.policy.DesiredUser.Grant;
import dev.salesforcesync.policy.DesiredUser.Obstacle;
import dev.salesforcesync.policy.PolicyRules.Apply;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DesiredUserTest {
    private static final Grant PROFILE = new Grant("Standard User", SmallWorld.STANDARD, "SF-Users", false);

    /** What a user was made of. */
    private record Parts(
            List<DesiredField> fields,
            Optional<Grant> profile,
            List<String> usernames,
            List<DesiredReference> references,
            Optional<Obstacle> obstacle) {
        DesiredUser user() {
            return new DesiredUser(
                    fields, profile, Optional.empty(), DesiredRights.NONE, usernames, references, obstacle);
        }
    }

    @Provide
    Arbitrary<Parts> parts() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(80), Arbitraries.of("", "a@example.com", "Müller", "😀", "\ud83d"));
        Arbitrary<Apply> apply = Arbitraries.of(Apply.class);
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        Arbitrary<DesiredField> fields = Combinators.combine(
                        Arbitraries.of("Username", "Email", "Title"), texts.optional(), apply, yesOrNo)
                .as(DesiredField::new);
        Arbitrary<Optional<ObjectGuid>> people = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new ObjectGuid(high, low))
                .optional();
        Arbitrary<DesiredReference> references = Combinators.combine(
                        Arbitraries.of("ManagerId", "Buddy__c"), texts, people, yesOrNo, apply, yesOrNo, yesOrNo)
                .as(DesiredReference::new);
        return Combinators.combine(
                        fields.list().uniqueElements(DesiredField::name).ofMaxSize(3),
                        Arbitraries.of(Optional.of(PROFILE), Optional.<Grant>empty()),
                        texts.list().ofMaxSize(3),
                        references
                                .list()
                                .uniqueElements(DesiredReference::field)
                                .ofMaxSize(2),
                        Arbitraries.of(Optional.of(new Obstacle("A", "B", "c")), Optional.<Obstacle>empty()),
                        yesOrNo)
                .as((owned, profile, names, referred, obstacle, plain) ->
                        new Parts(owned, profile, plain ? preferred(owned) : names, referred, obstacle));
    }

    private static List<String> preferred(List<DesiredField> fields) {
        return fields.stream()
                .filter(field -> field.name().equals("Username"))
                .flatMap(field -> field.value().stream())
                .toList();
    }

    @Property
    void holdsWhatItWasMadeOf(@ForAll("parts") Parts parts) {
        DesiredUser user = parts.user();

        assertThat(user.fields()).isEqualTo(parts.fields());
        assertThat(user.usernames()).isEqualTo(parts.usernames());
        assertThat(user.references()).isEqualTo(parts.references());
        assertThat(user.profile()).isEqualTo(parts.profile());
        assertThat(user.obstacle()).isEqualTo(parts.obstacle());
        assertThat(user.rights()).isEqualTo(DesiredRights.NONE);
        parts.fields().forEach(field -> assertThat(user.value(field.name())).isEqualTo(field.value()));
        assertThat(user.value("Missing")).isEmpty();
    }

    @Property
    void isEqualWhenAllItWasMadeOfIs(@ForAll("parts") Parts one, @ForAll("parts") Parts other) {
        assertThat(one.user()).isEqualTo(one.user()).hasSameHashCodeAs(one.user());
        assertThat(one.user().equals(other.user())).isEqualTo(one.equals(other));
    }

    @Test
    void showsNoValue() {
        DesiredUser user = new Parts(
                        List.of(new DesiredField("Email", Optional.of("anna@example.com"), Apply.ALWAYS, false)),
                        Optional.of(PROFILE),
                        List.of("anna"),
                        List.of(),
                        Optional.empty())
                .user();

        assertThat(user).hasToString("DesiredUser[1 fields]");
        assertThat(user.fields()).hasToString("[DesiredField[Email]]");
    }
}
