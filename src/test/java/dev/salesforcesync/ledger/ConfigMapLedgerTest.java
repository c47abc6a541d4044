package dev.salesforcesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.HeldBatch;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.ReleasedBatch;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SpentAllowance;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConfigMapLedgerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String POLICY = "apps/people";

    private static KubernetesApiServer api;
    private static KubernetesClient client;
    private static int orgs;

    private final SalesforceId org = new SalesforceId(String.format(Locale.ROOT, "00D%012d", ++orgs));

    @BeforeAll
    static void open() {
        api = KubernetesApiServer.start(0, List.of());
        client = new KubernetesClientBuilder().withConfig(api.clientConfig()).build();
    }

    @AfterAll
    static void close() {
        client.close();
        api.close();
    }

    @Test
    void whoOnlyReadsSeesEverythingAndChangesNothing() {
        assertThat(ConfigMapLedger.read(client, "default", org)).isEqualTo(Result.ok(Optional.empty()));
        PersonLink link = new PersonLink(person(1), user(1), POLICY);
        store(open(org), new Entry.Link(link));

        OrgLedger read = read();

        assertThat(read.links()).containsEntry(person(1), link);
        assertThat(read.lostEpoch()).isEmpty();
        assertThat(read.record(List.of())).isEqualTo(Result.ok(0));
        assertThat(read.record(List.of(new LedgerChange.Remove(Entry.Link.key(person(1))))))
                .isInstanceOf(Result.Failed.class);
        assertThat(read.links()).containsKey(person(1));
        assertThat(open(org).links()).containsKey(person(1));
    }

    @Test
    void whoOnlyReadsSeesALossAndDoesNotWriteItDown() {
        store(open(org), new Entry.Link(new PersonLink(person(1), user(1), POLICY)));
        String name = "salesforcesync-ledger-" + org.value().toLowerCase(Locale.ROOT);
        client.configMaps().inNamespace("default").withName(name + "-0").delete();

        OrgLedger read = read();

        String epoch = read.lostEpoch().orElseThrow();
        assertThat(client.configMaps()
                        .inNamespace("default")
                        .withName(name)
                        .get()
                        .getData())
                .containsEntry("epoch", epoch)
                .doesNotContainKey("lost");
        assertThat(read.acceptLoss("another")).isEqualTo(Result.ok(false));
        assertThat(read.acceptLoss(epoch)).isEqualTo(Result.ok(true));
        assertThat(read.lostEpoch()).isEmpty();
        assertThat(open(org).lostEpoch()).contains(epoch);
    }

    private OrgLedger read() {
        return ((Result.Ok<Optional<OrgLedger>>) ConfigMapLedger.read(client, "default", org))
                .value()
                .orElseThrow();
    }

    @Test
    void remembersEveryKindOfEntryAcrossARestart() {
        PersonLink link = new PersonLink(person(1), user(1), POLICY);
        Hold hold = new Hold(user(2), person(2), POLICY, "Disabled", true, false, NOON);
        CreateIntent intent = new CreateIntent(person(3), "émile o'hara +1@example.com", POLICY, NOON);
        HeldBatch batch = new HeldBatch("0123456789abcdef", POLICY, NOON, Map.of("DEACTIVATE", 2), Set.of("a", "b"));
        PendingEmail email = new PendingEmail(user(4), "digest", "shown", NOON);
        SpentAllowance spent = new SpentAllowance("DEACTIVATE", NOON, 7);
        ReleasedBatch released = new ReleasedBatch(POLICY, "fedcba9876543210", NOON);
        store(
                open(org),
                new Entry.Link(link),
                new Entry.Taken(hold),
                new Entry.Intent(intent),
                new Entry.Held(batch),
                new Entry.Email(email),
                new Entry.Spent(spent),
                new Entry.Released(released),
                new Entry.Newcomer(person(5), POLICY));

        OrgLedger again = open(org);
        assertThat(again.links()).containsExactly(Map.entry(person(1), link));
        assertThat(again.holds()).containsExactly(Map.entry(user(2), hold));
        assertThat(again.intents()).containsExactly(Map.entry(person(3), intent));
        assertThat(again.heldBatches()).containsExactly(batch);
        assertThat(again.pendingEmails()).containsExactly(Map.entry(user(4), email));
        assertThat(again.spent()).containsExactly(spent);
        assertThat(again.releasedBatches()).containsExactly(released);
        assertThat(again.newcomers()).containsExactly(Map.entry(person(5), POLICY));
        assertThat(again.lostEpoch()).isEmpty();

        record(again, new LedgerChange.Remove(Entry.Newcomer.key(person(5))));
        assertThat(open(org).newcomers()).isEmpty();
    }

    @Test
    void remembersWhichPolicyGaveWhichRight() {
        GivenRight set = new GivenRight(EntitlementKind.PERMISSION_SET, new SalesforceId("0PS000000000001"));
        GivenRight queue = new GivenRight(EntitlementKind.QUEUE, new SalesforceId("00G000000000002"));
        GivenRight group = new GivenRight(EntitlementKind.PUBLIC_GROUP, new SalesforceId("00G000000000003"));
        OrgLedger ledger = open(org);
        record(
                ledger,
                new LedgerChange.Give(user(1), set, POLICY),
                new LedgerChange.Give(user(2), set, POLICY),
                new LedgerChange.Give(user(1), queue, "apps/other"),
                new LedgerChange.Give(user(1), group, POLICY));

        assertThat(ledger.given()).isEqualTo(open(org).given());
        assertThat(open(org).given().get(user(1))).isEqualTo(Map.of(set, POLICY, queue, "apps/other", group, POLICY));

        record(
                ledger,
                new LedgerChange.TakeBack(user(1), set),
                new LedgerChange.TakeBack(user(2), set),
                new LedgerChange.TakeBack(user(3), set));
        assertThat(open(org).given()).containsExactly(Map.entry(user(1), Map.of(queue, "apps/other", group, POLICY)));
    }

    @Test
    void remembersThreeRightsOfAUserInLessThanAHundredBytes() {
        record(
                open(org),
                IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> new LedgerChange.Give(
                                user(1),
                                new GivenRight(
                                        EntitlementKind.PERMISSION_SET,
                                        new SalesforceId(String.format(Locale.ROOT, "0PS%012d", i))),
                                POLICY))
                        .toArray(LedgerChange[]::new));

        assertThat(shards())
                .singleElement()
                .satisfies(shard -> assertThat(shard.getData().get("lines")).hasSizeLessThan(100));
    }

    private static void record(OrgLedger ledger, LedgerChange... changes) {
        assertThat(ledger.record(List.of(changes))).isInstanceOf(Result.Ok.class);
    }

    @Test
    void forgetsWhatIsRemoved() {
        OrgLedger ledger = open(org);
        store(ledger, new Entry.Link(new PersonLink(person(1), user(1), POLICY)));
        store(ledger, new Entry.Link(new PersonLink(person(2), user(2), POLICY)));
        assertThat(ledger.record(List.of(new LedgerChange.Remove(Entry.Link.key(person(1))))))
                .isInstanceOf(Result.Ok.class);
        assertThat(open(org).links()).containsOnlyKeys(person(2));
    }

    @Test
    void spreadsOverShardsOfWhichNoneOutgrows64KiB() {
        Entry[] links = IntStream.range(0, 3_000)
                .mapToObj(i -> new Entry.Link(new PersonLink(person(i), user(i), POLICY)))
                .toArray(Entry[]::new);
        store(open(org), links);
        List<ConfigMap> shards = shards();
        assertThat(shards).hasSizeGreaterThan(2);
        assertThat(shards)
                .allSatisfy(shard -> assertThat(shard.getData().values().stream()
                                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                                .sum())
                        .isLessThanOrEqualTo(64 * 1024));
        assertThat(open(org).links()).hasSize(3_000);
    }

    @Test
    void keepsABatchOfFiveThousandActions() {
        Set<String> keys = IntStream.range(0, 5_000).mapToObj(i -> "digest" + i).collect(Collectors.toSet());
        HeldBatch batch = new HeldBatch("0123456789abcdef", POLICY, NOON, Map.of("DEACTIVATE", 5_000), keys);
        OrgLedger ledger = open(org);
        store(ledger, new Entry.Held(batch));
        assertThat(open(org).heldBatches()).containsExactly(batch);
        assertThat(ledger.record(List.of(new LedgerChange.Remove(Entry.Held.key(POLICY, batch.hash())))))
                .isInstanceOf(Result.Ok.class);
        assertThat(open(org).heldBatches()).isEmpty();
    }

    @Test
    void noticesASecondWriter() {
        OrgLedger one = open(org);
        store(one, new Entry.Link(new PersonLink(person(1), user(1), POLICY)));
        OrgLedger other = open(org);
        store(other, new Entry.Link(new PersonLink(person(2), user(2), POLICY)));

        Result<Integer> late =
                one.record(List.of(new LedgerChange.Put(new Entry.Link(new PersonLink(person(3), user(3), POLICY)))));
        assertThat(late)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo("LedgerConflict"));
        assertThat(open(org).links()).containsOnlyKeys(person(1), person(2));
    }

    @Test
    void noticesASecondWriterWhoBeganTheSameShard() {
        OrgLedger one = open(org);
        OrgLedger other = open(org);
        store(other, new Entry.Link(new PersonLink(person(2), user(2), POLICY)));
        assertThat(one.record(
                        List.of(new LedgerChange.Put(new Entry.Link(new PersonLink(person(3), user(3), POLICY))))))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo("LedgerConflict"));
    }

    @Test
    void saysThatAShardIsMissingUntilThatIsAccepted() {
        store(open(org), new Entry.Link(new PersonLink(person(1), user(1), POLICY)));
        shards().forEach(shard -> client.resource(shard).delete());

        OrgLedger lost = open(org);
        String epoch = lost.lostEpoch().orElseThrow();
        assertThat(lost.acceptLoss("another")).isEqualTo(Result.ok(false));
        assertThat(lost.lostEpoch()).contains(epoch);
        assertThat(lost.acceptLoss(epoch)).isEqualTo(Result.ok(true));
        assertThat(lost.lostEpoch()).isEmpty();
        assertThat(open(org).lostEpoch()).isEmpty();
    }

    @Test
    void remembersALossThoughTheMissingShardIsWrittenAnewAndAcceptsEachLossOnlyOnce() {
        store(open(org), new Entry.Link(new PersonLink(person(1), user(1), POLICY)));
        shards().forEach(shard -> client.resource(shard).delete());
        store(open(org), new Entry.Link(new PersonLink(person(2), user(2), POLICY)));
        OrgLedger lost = open(org);
        String epoch = lost.lostEpoch().orElseThrow();
        assertThat(lost.acceptLoss(epoch)).isEqualTo(Result.ok(true));

        shards().forEach(shard -> client.resource(shard).delete());
        OrgLedger again = open(org);
        assertThat(again.lostEpoch()).isPresent();
        assertThat(again.acceptLoss(epoch)).isEqualTo(Result.ok(false));
    }

    @Test
    void saysThatTheIndexIsMissing() {
        store(open(org), new Entry.Link(new PersonLink(person(1), user(1), POLICY)));
        client.configMaps()
                .inNamespace("default")
                .withName("salesforcesync-ledger-" + org.value().toLowerCase(Locale.ROOT))
                .delete();
        assertThat(open(org).lostEpoch()).isPresent();
        assertThat(open(org).lostEpoch())
                .as("a restart does not accept the loss")
                .isPresent();
    }

    private static void store(OrgLedger ledger, Entry... entries) {
        List<LedgerChange> changes = IntStream.range(0, entries.length)
                .<LedgerChange>mapToObj(i -> new LedgerChange.Put(entries[i]))
                .toList();
        assertThat(ledger.record(changes)).isInstanceOf(Result.Ok.class);
    }

    private static OrgLedger open(SalesforceId org) {
        Result<OrgLedger> opened = ConfigMapLedger.open(client, "default", org);
        assertThat(opened).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<OrgLedger>) opened).value();
    }

    private List<ConfigMap> shards() {
        return client.configMaps()
                .inNamespace("default")
                .withLabel(
                        ConfigMapLedger.ORG_LABEL,
                        "salesforcesync-ledger-" + org.value().toLowerCase(Locale.ROOT))
                .list()
                .getItems();
    }

    private static ObjectGuid person(int number) {
        return ObjectGuid.parse(new UUID(0x1234, number).toString());
    }

    private static SalesforceId user(int number) {
        return new SalesforceId(String.format(Locale.ROOT, "005%012d", number));
    }
}
