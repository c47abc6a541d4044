package dev.salesforcesync.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Every fact that can be tried without spoiling anything, on one org. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SalesforceContract implements SignInFacts, ObjectFacts, ErrorFacts, RestFacts, PasswordFacts, WireFacts {
    private @Nullable Scene scene;

    abstract ContractOrg org();

    @Override
    public final Scene scene() {
        return Objects.requireNonNull(scene, "no session");
    }

    @BeforeAll
    final void signIn() throws Exception {
        scene = Scene.open(org());
    }

    @AfterAll
    final void deactivateWhomWeMade() throws Exception {
        if (scene != null) {
            scene.close();
            afterwards(scene.prefix());
        }
    }

    /** What must be true of the org when all is done. */
    void afterwards(String prefix) {}
}
