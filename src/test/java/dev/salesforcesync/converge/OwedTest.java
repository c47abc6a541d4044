package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwedTest {
    private static final ObjectGuid ANNA = new ObjectGuid(new UUID(1, 1));
    private static final ObjectGuid BERT = new ObjectGuid(new UUID(1, 2));
    private static final Map<ObjectGuid, String> NEWCOMERS = Map.of(ANNA, "default/people", BERT, "default/people");

    private static Action create(ObjectGuid person) {
        return new Action.Create(person, new TreeMap<>(), false, "InScope");
    }

    private static Action refers(ObjectGuid person, String field) {
        return new Action.Refer(
                person,
                Optional.empty(),
                field,
                new Change(Optional.empty(), Optional.of("somebody"), false),
                Optional.empty(),
                "DiffersFromPolicy");
    }

    @Test
    void onlyThoseAreOwedSomethingWhoAreCreatedAndGetMoreThanTheirRow() {
        Owed owed = new Owed(List.of(create(ANNA), refers(ANNA, "ManagerId"), create(BERT)));

        assertThat(owed.owes(ANNA)).isTrue();
        assertThat(owed.owes(BERT)).isFalse();
        assertThat(new Owed(List.of(refers(ANNA, "ManagerId"))).owes(ANNA)).isFalse();
    }

    @Test
    void aNewcomerIsForgottenWithTheLastOfWhatHeIsOwedAndNotBefore() {
        Action manager = refers(ANNA, "ManagerId");
        Action delegate = refers(ANNA, "DelegatedApproverId");
        Owed owed = new Owed(List.of(create(ANNA), manager, delegate, refers(BERT, "ManagerId")));
        owed.written(create(ANNA));
        owed.written(manager);
        assertThat(owed.settled(NEWCOMERS)).isEmpty();

        owed.written(delegate);

        assertThat(owed.settled(NEWCOMERS)).containsExactly(new LedgerChange.Remove(Entry.Newcomer.key(ANNA)));
        assertThat(owed.settled(Map.of())).isEmpty();
    }
}
