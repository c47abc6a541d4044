package dev.salesforcesync.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The files in {@code crds/} are what the records say. {@code -Dcrds.write=true} writes them anew. */
class CrdManifestsTest {

    @Test
    void theFilesInCrdsAreWhatTheRecordsSay() {
        var generated = CrdManifests.generated();
        if (Boolean.getBoolean("crds.write")) {
            CrdManifests.write(generated);
        }

        assertThat(CrdManifests.committed())
                .as(
                        "crds/ against the records; after a change on purpose run: mvn test -Dtest=CrdManifestsTest -Dcrds.write=true")
                .isEqualTo(generated);
    }
}
