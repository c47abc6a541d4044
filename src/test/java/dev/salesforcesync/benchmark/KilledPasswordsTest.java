package dev.salesforcesync.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Replicas are killed while passwords come in, and Salesforce fails for a while: the last acknowledged password of each
 * person is the one that logs in, and none is set twice.
 */
class KilledPasswordsTest {
    private static final long SEED = Long.getLong("kills.seed", 20_261_201L);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void theLastAcknowledgedPasswordLogsInWhoeverIsKilled() throws Exception {
        play(150, 30, 3, Duration.ofSeconds(3));
    }

    @Test
    @Tag("full")
    void theLastAcknowledgedPasswordOfTwoThousandLogsIn() throws Exception {
        play(2_000, 200, 12, Duration.ofSeconds(30));
    }

    private static void play(int changes, int people, int kills, Duration outage) throws Exception {
        Random random = new Random(SEED);
        try (SandboxDirectory directory = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            List<ObjectGuid> guids = people(directory, people);
            try (PasswordTown town = new PasswordTown(place(directory));
                    Replicas replicas = new Replicas(town)) {
                town.awaitUsers(people);
                Map<Integer, String> acknowledged = new HashMap<>();
                Map<Integer, Long> sequence = new HashMap<>();
                for (int change = 0; change < changes; change++) {
                    int person = random.nextInt(people);
                    String password = "Passw0rd-" + change + "-" + random.nextInt(1_000_000);
                    long number = sequence.merge(person, 1L, Long::sum);
                    replicas.hand(guids.get(person), password, number);
                    acknowledged.put(person, password);
                    if (kills > 0 && change % (changes / kills) == changes / kills / 2) {
                        replicas.kill(random.nextInt(3));
                    }
                    if (change == changes / 2) {
                        fail(town, outage);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
                await("everything is delivered").atMost(PATIENCE).until(() -> town.pending() == 0);

                acknowledged.forEach((person, password) -> assertThat(town.logsIn("person" + person, password))
                        .as("the last password of person %d", person)
                        .isTrue());
                assertThat(repeated(town))
                        .as("passwords set again after they were set")
                        .isZero();
            }
        }
    }

    /** How often the org was given a password that it had already: its history tells. */
    private static long repeated(PasswordTown town) {
        return town.org().journal().entries().stream()
                .filter(entry -> entry.outcome().equals("INVALID_NEW_PASSWORD")
                        || entry.errors().containsKey("INVALID_NEW_PASSWORD"))
                .count();
    }

    private static void fail(PasswordTown town, Duration outage) {
        Thread outageEnds = new Thread(() -> {
            long end = System.nanoTime() + outage.toNanos();
            while (System.nanoTime() < end) {
                if (town.org().faults().pending() < 5) {
                    town.org().faults().next(5, new Fault.Html503());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            town.org().faults().clear();
        });
        outageEnds.setDaemon(true);
        outageEnds.start();
    }

    static PasswordTown.Place place(SandboxDirectory directory) {
        return new PasswordTown.Place(
                directory.ldapsUrl(), directory.caPem(), directory.bindDn(), directory.password(), unit());
    }

    static String unit() {
        return "OU=Captured People,OU=People," + SandboxDirectory.BASE_DN;
    }

    static List<ObjectGuid> people(SandboxDirectory directory, int count) {
        String group = "CN=Captured,OU=Groups," + SandboxDirectory.BASE_DN;
        directory.add(unit(), new Attribute("objectClass", "organizationalUnit"));
        directory.add(group, new Attribute("objectClass", "group"));
        List<ObjectGuid> guids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String dn = "CN=person" + i + "," + unit();
            guids.add(directory.add(
                    dn,
                    new Attribute("objectClass", "user"),
                    new Attribute("sAMAccountName", "person" + i),
                    new Attribute("userAccountControl", "512")));
            directory.modify(
                    group,
                    new com.unboundid.ldap.sdk.Modification(com.unboundid.ldap.sdk.ModificationType.ADD, "member", dn));
        }
        return guids;
    }

    /** Two replicas, one of which leads; whoever is killed comes back, as a Deployment would have it. */
    private static final class Replicas implements AutoCloseable {
        private final PasswordTown town;
        private final Child[] running = new Child[2];
        private final HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();

        Replicas(PasswordTown town) {
            this.town = town;
            for (int i = 0; i < running.length; i++) {
                running[i] = start();
            }
        }

        private Child start() {
            return Child.program(
                    PasswordReplica.class,
                    PasswordReplica.flags("INFO"),
                    List.of(town.kubeconfig().toString(), "true"));
        }

        /** SIGKILL for one that only takes in (0), for the leader (1) or for both. */
        void kill(int whom) {
            for (int i = 0; i < running.length; i++) {
                boolean leads = "yes".equals(running[i].askText("/leads"));
                if (whom == 2 || leads == (whom == 1)) {
                    running[i].kill();
                    running[i] = start();
                }
            }
        }

        /** As an agent does: tries the service again until it says that the change is kept. */
        void hand(ObjectGuid person, String password, long sequence) {
            for (int attempt = 0; ; attempt++) {
                try {
                    HttpResponse<String> answer = http.send(
                            HttpRequest.newBuilder(URI.create(
                                            running[(int) ((attempt + sequence) % running.length)].told("door")
                                                    + "?policy=" + PasswordTown.NAMESPACE + "/" + PasswordTown.POLICY
                                                    + "&guid=" + person + "&sequence=" + sequence))
                                    .timeout(Duration.ofSeconds(20))
                                    .POST(HttpRequest.BodyPublishers.ofString(password))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 200) {
                        assertThat(answer.body()).isEqualTo("Stored");
                        return;
                    }
                } catch (IOException again) {
                    // the one that was asked is gone
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
                assertThat(attempt).isLessThan(2_000);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }

        @Override
        public void close() {
            for (Child child : running) {
                child.close();
            }
        }
    }
}
