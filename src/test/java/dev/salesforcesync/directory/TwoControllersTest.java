package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness.Unproven;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two replicating controllers of one real domain, the preferred one of which is killed. Beside what
 * {@link RealDirectoryTest} needs the environment names {@code SALESFORCESYNC_AD_URL2} and three commands:
 * {@code SALESFORCESYNC_AD_KILL} and {@code SALESFORCESYNC_AD_START} for the first controller, and
 * {@code SALESFORCESYNC_AD_REPLICATE}, without which neither receives anything from the other.
 */
@Tag("real")
@EnabledIfEnvironmentVariable(
        named = "SALESFORCESYNC_AD_URL2",
        matches = "ldaps://.+",
        disabledReason = "SALESFORCESYNC_AD_URL2 names no second controller; .ci/samba-ad/second.sh joins one")
class TwoControllersTest {
    private static final int PEOPLE_THERE = 150;

    /** The whole contract by the second controller. */
    @Nested
    class ReadsByTheSecond extends DirectoryReaderContract {
        @Override
        LiveDomain openDomain() throws Exception {
            return RealDirectoryTest.named("SALESFORCESYNC_AD_URL2");
        }
    }

    /** Likewise for following. */
    @Nested
    class FollowsTheSecond extends DirectoryFeedContract {
        @Override
        LiveDomain openDomain() throws Exception {
            return RealDirectoryTest.named("SALESFORCESYNC_AD_URL2");
        }
    }

    /** With the first one lost at a bad moment. */
    @Nested
    class WhenTheFirstIsKilled {
        private final SettableClock clock = new SettableClock();
        private LiveDomain domain;
        private Relay first;
        private DirectoryReader reader;
        private Set<ObjectGuid> everybody;

        @BeforeEach
        void open() throws Exception {
            domain = RealDirectoryTest.named();
            URI url = domain.settings().servers().get(0);
            first = new Relay(0, InetAddress.getByName(url.getHost()), url.getPort());
            DirectorySettings both = new DirectorySettings(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                            URI.create("ldaps://localhost:" + first.port()),
                            URI.create(RealDirectoryTest.environment("SALESFORCESYNC_AD_URL2"))),
                    domain.settings().credentials(),
                    domain.settings().tls(),
                    domain.settings().caPem());
            reader = new LdapDirectory(
                    new DirectoryConnections(both, Network.real(clock)), new ReadSteps(20, 0), Clock.systemUTC());
            everybody = new HashSet<>();
            for (int i = 0; i < PEOPLE_THERE; i++) {
                everybody.add(domain.person("P" + i));
            }
            run("SALESFORCESYNC_AD_REPLICATE");
        }

        @AfterEach
        void close() throws Exception {
            run("SALESFORCESYNC_AD_START");
            reader.close();
            first.close();
            domain.close();
            run("SALESFORCESYNC_AD_REPLICATE");
        }

        private ReadRequest request() {
            return new ReadRequest(
                    List.of(new Search(domain.unit(), PEOPLE)), Set.of(), Set.of("sn", "mail"), 0, List.of());
        }

        private DirectoryFeed follow(Following.Mode mode) {
            return value(reader.follow(request(), new Following(mode, Optional.empty(), () -> {})));
        }

        private void kill() {
            run("SALESFORCESYNC_AD_KILL");
        }

        private static String database(DirectoryFeed feed) {
            return feed.position().orElseThrow().server();
        }

        private static void assertNothingFalse(Result<DirectoryPicture> read, Set<ObjectGuid> all) {
            if (read instanceof Result.Ok<DirectoryPicture> ok
                    && ok.value().completeness().isProven()) {
                assertThat(ok.value().people().keySet()).isEqualTo(all);
            }
        }

        private void assertAsReadAfresh(DirectoryFeed feed) {
            DirectoryPicture followed = feed.picture().orElseThrow();
            DirectoryPicture fresh = value(reader.read(request()));
            assertThat(fresh.completeness().isProven()).isTrue();
            assertThat(Map.copyOf(followed.people())).isEqualTo(Map.copyOf(fresh.people()));
            assertThat(followed.completeness().isProven()).isTrue();
        }

        /** The answers of a whole read are about 100 kB. */
        @ParameterizedTest
        @ValueSource(longs = {1_500, 15_000, 30_000, 50_000})
        void aTornReadProvesNothingAndTheOtherIsReadInstead(long bytes) throws Exception {
            try (DirectoryFeed feed = follow(Following.Mode.AUTO)) {
                first.after(bytes, this::kill);
                Result<DirectoryPicture> torn = feed.readAll();
                assertNothingFalse(torn, everybody);
                assertThat(isUp()).as("killed in the middle").isFalse();

                DirectoryPicture whole = value(feed.readAll());
                assertThat(whole.people().keySet()).isEqualTo(everybody);
                assertThat(whole.completeness().isProven()).isTrue();
                assertAsReadAfresh(feed);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"DIR_SYNC", "USN"})
        void believesNoAbsenceBeforeTheOtherHasReceivedWhatTheFirstHadShown(Following.Mode mode) throws Exception {
            try (DirectoryFeed feed = follow(mode)) {
                assertThat(value(feed.readAll()).completeness().isProven()).isTrue();
                String firstDatabase = database(feed);
                ObjectGuid late = domain.person("Late");
                assertThat(value(feed.poll())).isEqualTo(new FeedUpdate.Changed(Set.of(late)));
                everybody.add(late);

                for (int i = 0; i < 100; i++) {
                    domain.set(domain.dn("P" + i), "sn", "Changed");
                }
                first.after(2_000, this::kill);
                Result<FeedUpdate> torn = feed.poll();
                assertThat(torn).isInstanceOf(Result.Failed.class);
                assertThat(isUp()).as("killed in the middle").isFalse();
                assertThat(feed.picture()
                                .map(DirectoryPicture::people)
                                .map(Map::keySet)
                                .orElse(everybody))
                        .as("nobody is lost by a torn answer")
                        .isEqualTo(everybody);

                assertThat(value(feed.poll())).isInstanceOf(FeedUpdate.ReadAgain.class);
                DirectoryPicture behind = value(feed.readAll());
                assertThat(behind.people()).doesNotContainKey(late);
                assertThat(behind.completeness()).isInstanceOf(Unproven.class);
                assertThat(((Unproven) behind.completeness()).reason()).isIn("ServerBehind", "ServerChanged");

                run("SALESFORCESYNC_AD_START");
                run("SALESFORCESYNC_AD_REPLICATE");
                FeedUpdate caughtUp = value(feed.poll());
                if (mode == Following.Mode.DIR_SYNC) {
                    assertThat(caughtUp).isInstanceOf(FeedUpdate.ReadAgain.class);
                    DirectoryPicture whole = value(feed.readAll());
                    assertThat(database(feed)).as("still the other").isNotEqualTo(firstDatabase);
                    assertThat(whole.people().keySet()).isEqualTo(everybody);
                    assertAsReadAfresh(feed);
                }

                clock.advance(ServerRoster.PASSED_OVER);
                DirectoryPicture back = value(feed.readAll());
                assertThat(database(feed)).as("back at the preferred one").isEqualTo(firstDatabase);
                assertThat(back.people().keySet()).isEqualTo(everybody);
                assertAsReadAfresh(feed);
            }
        }

        private boolean isUp() {
            URI url = domain.settings().servers().get(0);
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }
    }

    private static void run(String variable) {
        try {
            Path log = Files.createTempFile("controller-", ".log");
            Process process = new ProcessBuilder("bash", "-c", RealDirectoryTest.environment(variable))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            assertThat(ended).as(variable + " ends").isTrue();
            assertThat(process.exitValue())
                    .as(() -> variable + ": " + read(log))
                    .isZero();
            Files.delete(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
