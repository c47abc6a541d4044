package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.sandbox.directory.DirectoryFaults;
import dev.salesforcesync.sandbox.directory.DirectoryFaults.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever a directory fails to say, nobody loses anything for it. */
class TruncatedDirectoryTest {
    private static final int PEOPLE = 4;
    private static Scene scene;

    @BeforeAll
    static void open() {
        scene = new Scene();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** One thing that goes wrong. */
    private record Injury(String what, Runnable strike) {}

    @Test
    void nobodyLosesAnythingWhereverAReadIsCutShort() {
        try (Stage stage = scene.stage()) {
            IntStream.range(0, PEOPLE).forEach(i -> stage.person("p" + i));
            stage.play("directory: {changes: {mode: None}}");
            stage.awaitReady();
            List<Object> profiles = profiles(stage);
            int writes = stage.writeCalls();
            DirectoryFaults faults = scene.directory().faults();
            for (Injury injury : injuries(stage, faults)) {
                long before = scene.directory().searches();
                injury.strike().run();
                stage.compareAgain();
                stage.awaitThat(
                        "a read despite " + injury.what(),
                        () -> scene.directory().searches() > before);
                assertUntouched(stage, profiles, injury.what());
                faults.clear();
            }
            assertThat(stage.writeCalls()).isEqualTo(writes);
            stage.compareAgain();
            stage.awaitReady();
        }
    }

    private static List<Injury> injuries(Stage stage, DirectoryFaults faults) {
        List<Injury> all = new ArrayList<>();
        for (int entry = 0; entry <= PEOPLE; entry++) {
            int at = entry;
            all.add(new Injury("a cut after " + at, () -> faults.cutConnectionAfter(at)));
            all.add(new Injury("a limit after " + at, () -> faults.endSearchAfter(at, ResultCode.SIZE_LIMIT_EXCEEDED)));
        }
        for (Trouble trouble : List.of(Trouble.BUSY, Trouble.REFUSED, Trouble.REFERENCE, Trouble.UNPAGED)) {
            for (int search = 1; search <= 3; search++) {
                int at = search;
                all.add(new Injury(trouble + " at search " + at, () -> faults.troubleAt(at, trouble)));
            }
        }
        all.add(new Injury("nothing to see", () -> faults.hide(stage.ou())));
        all.add(new Injury("no group", () -> faults.hide(stage.groupDn("all"))));
        all.add(new Injury("no account states", () -> faults.hideAttribute("userAccountControl")));
        all.add(new Injury("no identities", () -> faults.hideAttribute("objectGUID")));
        return all;
    }

    private static void assertUntouched(Stage stage, List<Object> profiles, String what) {
        for (int i = 0; i < PEOPLE; i++) {
            assertThat(stage.isActive("p" + i)).as("active despite " + what).isTrue();
            assertThat(stage.isFrozen("p" + i)).as("frozen by " + what).isFalse();
        }
        assertThat(profiles(stage)).as("profiles after " + what).isEqualTo(profiles);
    }

    private static List<Object> profiles(Stage stage) {
        return IntStream.range(0, PEOPLE)
                .<Object>mapToObj(i -> stage.user("p" + i).orElseThrow().text("ProfileId"))
                .toList();
    }
}
