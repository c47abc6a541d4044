package dev.salesforcesync.policy;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.person;
import static dev.salesforcesync.policy.SmallWorld.picture;
import static dev.salesforcesync.policy.SmallWorld.user;
import static dev.salesforcesync.policy.SmallWorld.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.Whereabouts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final AccountState DISABLED = new AccountState(false, Optional.empty(), false);
    private static final PersonLink LINK = new PersonLink(guid(1), user(1), POLICY);
    private static final Desire OUT = new Desire.OutOfScope(guid(1), "in none of the groups");

    @Test
    void awaitsAnotherPolicyOverScopeAloneAndNeverOverWhatStandsOnTheEntry() {
        Map<ObjectGuid, Sighting> seen = Map.of(
                guid(1), new Sighting.Present(),
                guid(2), new Sighting.Disabled(),
                guid(3), new Sighting.Expired(),
                guid(4), new Sighting.Deleted(),
                guid(5), new Sighting.OutOfScope("in none of the groups", true),
                guid(6), new Sighting.Absent(true));

        Map<ObjectGuid, Sighting> expected = new HashMap<>(seen);
        assertThat(Sightings.awaiting(seen, List.of())).isEqualTo(expected);
        expected.put(guid(5), new Sighting.Awaited("apps/other"));
        expected.put(guid(6), new Sighting.Awaited("apps/other"));
        assertThat(Sightings.awaiting(seen, List.of("apps/other"))).isEqualTo(expected);
    }

    @Test
    void readsTheOwnEntryBeforeAnythingElse() {
        assertThat(seen(person(1), Map.of())).isEqualTo(new Sighting.Present());
        assertThat(seen(with(person(1), DISABLED), Map.of(guid(1), OUT))).isEqualTo(new Sighting.Disabled());
        assertThat(seen(with(person(1), ending(NOW)), Map.of())).isEqualTo(new Sighting.Expired());
        assertThat(seen(with(person(1), ending(NOW.plusSeconds(1))), Map.of())).isEqualTo(new Sighting.Present());
        assertThat(seen(person(1), Map.of(guid(1), OUT)))
                .isEqualTo(new Sighting.OutOfScope("in none of the groups", true));
    }

    @Test
    void takesTheLookUpsWordForThoseNotInThePicture() {
        assertThat(unseen(true, Map.of(guid(1), new Whereabouts.Deleted()))).isEqualTo(new Sighting.Deleted());
        assertThat(unseen(true, Map.of(guid(1), new Whereabouts.NotFound()))).isEqualTo(new Sighting.Absent(true));
        assertThat(unseen(true, Map.of(guid(1), new Whereabouts.Alive(person(1)))))
                .isEqualTo(new Sighting.OutOfScope("in none of the searches", true));
        assertThat(unseen(true, Map.of(guid(1), new Whereabouts.Alive(with(person(1), DISABLED)))))
                .isEqualTo(new Sighting.Disabled());
        assertThat(unseen(true, Map.of())).isEqualTo(new Sighting.Absent(false));
    }

    @Test
    void provesNoAbsenceByAnIncompleteRead() {
        assertThat(unseen(false, Map.of(guid(1), new Whereabouts.NotFound()))).isEqualTo(new Sighting.Absent(false));
        assertThat(unseen(false, Map.of(guid(1), new Whereabouts.Alive(person(1)))))
                .isEqualTo(new Sighting.OutOfScope("in none of the searches", false));
        assertThat(unseen(false, Map.of(guid(1), new Whereabouts.Deleted()))).isEqualTo(new Sighting.Deleted());
    }

    @Test
    void asksOnlyForThoseWhomThePictureDoesNotShow() {
        DirectoryPicture picture = picture(List.of(person(1)), Map.of(), true);

        assertThat(Sightings.missing(picture, List.of(LINK, new PersonLink(guid(2), user(2), POLICY))))
                .containsExactly(guid(2));
    }

    private static AccountState ending(Instant end) {
        return new AccountState(true, Optional.of(end), false);
    }

    private static Sighting seen(Person person, Map<ObjectGuid, Desire> desires) {
        return sighting(picture(List.of(person), Map.of(), true), desires, Map.of());
    }

    private static Sighting unseen(boolean complete, Map<ObjectGuid, Whereabouts> whereabouts) {
        return sighting(picture(List.of(), Map.of(), complete), Map.of(), whereabouts);
    }

    private static Sighting sighting(
            DirectoryPicture picture, Map<ObjectGuid, Desire> desires, Map<ObjectGuid, Whereabouts> whereabouts) {
        Linking linking = new Linking(List.of(LINK), List.of(), Set.of(), List.of(), List.of());
        return Optional.ofNullable(Sightings.of(picture, desires, whereabouts, linking, NOW)
                        .get(guid(1)))
                .map(Function.identity())
                .orElseThrow();
    }
}
