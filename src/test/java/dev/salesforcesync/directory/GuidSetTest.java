package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.ObjectGuid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GuidSetTest {

    /** One step: add or remove. */
    record Step(boolean adds, ObjectGuid guid) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<ObjectGuid> few =
                Arbitraries.longs().between(1, 40).map(number -> new ObjectGuid(new UUID(number % 3, number)));
        return Arbitraries.of(true, true, false)
                .flatMap(adds -> few.map(guid -> new Step(adds, guid)))
                .list()
                .ofMaxSize(200);
    }

    @Property(tries = 500)
    void doesWhatASetDoes(@ForAll("histories") List<Step> history) {
        GuidSet set = new GuidSet();
        Set<ObjectGuid> model = new HashSet<>();
        for (Step step : history) {
            if (step.adds()) {
                assertThat(set.add(step.guid())).isEqualTo(model.add(step.guid()));
            } else {
                assertThat(set.remove(step.guid())).isEqualTo(model.remove(step.guid()));
            }
            assertThat(set.size()).isEqualTo(model.size());
        }
        Set<ObjectGuid> all = new HashSet<>();
        set.forEach(all::add);
        assertThat(all).isEqualTo(model);
        assertThat(model).allMatch(set::contains);
    }
}
