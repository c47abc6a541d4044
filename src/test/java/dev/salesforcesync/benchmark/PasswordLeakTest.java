package dev.salesforcesync.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.salesforcesync.leak.FileSearch;
import dev.salesforcesync.leak.LeakSearch;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.salesforce.org.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Passwords come in, are delivered, refused, lost on the way and kept undecided; nothing that anybody can read afterwards
 * holds one: not the API server's store, not the log at its most talkative, and not what is reachable in the heap ten
 * seconds after the last delivery. What is leaked on purpose is found in each of these.
 */
class PasswordLeakTest {
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);
    private static final String LEAKED = FileSearch.MARKER + "on-purpose-1A";

    private final Map<String, String> secrets = new TreeMap<>();

    @Test
    void noPasswordIsFoundAnywhereAndWhatIsLeakedOnPurposeIs() throws Exception {
        Path dump = Files.createTempFile("heap", ".hprof");
        Files.delete(dump);
        try (SandboxDirectory directory = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            List<ObjectGuid> people = KilledPasswordsTest.people(directory, 5);
            try (PasswordTown town = new PasswordTown(KilledPasswordsTest.place(directory));
                    Child replica = Child.program(
                            PasswordReplica.class,
                            PasswordReplica.flags("TRACE"),
                            List.of(town.kubeconfig().toString(), "false"))) {
                town.awaitUsers(5);
                Map<String, String> store = new HashMap<>();
                play(directory, town, replica, people, store);
                LockSupport.parkNanos(AFTERWARDS.toNanos());

                replica.ask("/dump?file=" + dump);
                assertThat(inHeap(dump))
                        .as("passwords that are reachable in the heap")
                        .isEmpty();
                store.putAll(store(town));
                store.put("log", Files.readString(replica.log()));
                store.put("metrics", metrics(replica));
                assertThat(store.get("log")).contains("PolicyPasswords");
                assertThat(search().in(store)).isEmpty();

                Files.delete(dump);
                secrets.put("leaked", LEAKED);
                replica.ask("/keep?text=" + LEAKED);
                replica.ask("/dump?file=" + dump);
                assertThat(inHeap(dump)).containsExactly("leaked");
                town.plant(LEAKED);
                assertThat(search().in(store(town))).isNotEmpty();
            }
        } finally {
            Files.deleteIfExists(dump);
        }
    }

    private void play(
            SandboxDirectory directory,
            PasswordTown town,
            Child replica,
            List<ObjectGuid> people,
            Map<String, String> store)
            throws IOException, InterruptedException {
        assertThat(hand(replica, people.get(0), "delivered", 1)).isEqualTo("Stored");
        assertThat(hand(replica, people.get(0), "delivered-anew", 2)).isEqualTo("Stored");
        assertThat(hand(replica, new ObjectGuid(new java.util.UUID(1, 2)), "of-nobody", 1))
                .isEqualTo("NotConcerned");
        await().atMost(Duration.ofSeconds(30)).until(() -> town.pending() == 0);
        town.org().faults().nextWrites(1, new Fault.CloseAfterCommit());
        assertThat(hand(replica, people.get(1), "answer-lost", 1)).isEqualTo("Stored");
        await().atMost(Duration.ofSeconds(30)).until(() -> town.pending() == 0);
        // Its history has it, so the org refuses it: quoted or not, it must not come back.
        town.org()
                .org()
                .setPassword(
                        town.org()
                                .org()
                                .user(town.org().org().settings().adminUsername())
                                .orElseThrow()
                                .id(),
                        town.org()
                                .org()
                                .user(PasswordTown.username("person2"))
                                .orElseThrow()
                                .id(),
                        secret("refused"));
        assertThat(hand(replica, people.get(2), "refused", 1)).isEqualTo("Stored");
        town.org().faults().next(4, new Fault.Html503());
        assertThat(hand(replica, people.get(3), "org-down", 1)).isEqualTo("Stored");
        store.put("store while the org is down", String.join("\n", store(town).values()));
        await().atMost(Duration.ofSeconds(60)).until(() -> town.pending() == 0);
        directory.cutConnections();
    }

    private String secret(String name) {
        return secrets.computeIfAbsent(name, one -> FileSearch.MARKER + one + "-" + System.nanoTime() + "A1");
    }

    private String hand(Child replica, ObjectGuid person, String name, long sequence)
            throws IOException, InterruptedException {
        String password = secret(name);
        for (int attempt = 0; ; attempt++) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(replica.told("door") + "?policy=default/people&guid="
                                            + person + "&sequence=" + sequence))
                                    .POST(HttpRequest.BodyPublishers.ofString(password))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            assertThat(attempt).isLessThan(100);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private LeakSearch search() {
        LeakSearch search = new LeakSearch();
        secrets.forEach(search::secret);
        return search;
    }

    private static String metrics(Child replica) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.told("port") + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Everything in the API server, Secrets as they are and decoded. */
    private static Map<String, String> store(PasswordTown town) {
        Map<String, String> store = new TreeMap<>();
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(town.client().secrets().inAnyNamespace().list().getItems());
        all.addAll(town.client().configMaps().inAnyNamespace().list().getItems());
        all.addAll(town.client().v1().events().inAnyNamespace().list().getItems());
        all.addAll(town.client()
                .resources(dev.salesforcesync.api.v1alpha1.SyncPolicy.class)
                .inAnyNamespace()
                .list()
                .getItems());
        for (HasMetadata one : all) {
            String where = one.getKind() + " " + one.getMetadata().getName();
            store.put(where, Serialization.asJson(one));
            if (one instanceof Secret secret && secret.getData() != null) {
                secret.getData()
                        .forEach((key, value) -> store.put(
                                where + " " + key,
                                new String(Base64.getDecoder().decode(value), StandardCharsets.ISO_8859_1)));
            }
        }
        return store;
    }

    /** Which secrets stand in a heap dump: as bytes of UTF-8 or Latin-1, or of UTF-16 in either order, or in Base64. */
    private List<String> inHeap(Path dump) throws IOException {
        Map<String, byte[]> forms = new TreeMap<>();
        secrets.forEach((name, secret) -> {
            forms.put(name + "/8", secret.getBytes(StandardCharsets.UTF_8));
            forms.put(name + "/16", secret.getBytes(StandardCharsets.UTF_16LE));
            forms.put(name + "/61", secret.getBytes(StandardCharsets.UTF_16BE));
            forms.put(
                    name + "/64",
                    Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(secret.getBytes(StandardCharsets.UTF_8))
                            .substring(0, 30)
                            .getBytes(StandardCharsets.US_ASCII));
        });
        byte[] heap = Files.readAllBytes(dump);
        return forms.entrySet().stream()
                .filter(form -> contains(heap, form.getValue()))
                .map(form -> form.getKey().replaceAll("/.*", ""))
                .distinct()
                .toList();
    }

    private static boolean contains(byte[] heap, byte[] wanted) {
        for (int at = 0; at <= heap.length - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && heap[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
