package dev.salesforcesync.ledger;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ledger of one org in ConfigMaps: an index that holds the epoch and the number of shards, and the shards. Fewer
 * shards than the index counts, or shards without an index, mean that memory was lost; the index says so until a person
 * accepts it.
 */
public final class ConfigMapLedger extends RememberingLedger {
    static final String ORG_LABEL = "salesforcesync.dev/ledger";
    private static final String LOST = "lost";
    private static final Pattern SHARD_NUMBER = Pattern.compile("-(\\d+)$");

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    private final TreeMap<Integer, Shard> shards = new TreeMap<>();
    private final Map<String, Shard> shardOfLine = new HashMap<>();
    private final Map<String, Integer> linesOfEntry = new HashMap<>();
    private final Set<Shard> unstored = new LinkedHashSet<>();

    /** Taken before the monitor of this: one at a time stores, and what others change meanwhile goes into one write. */
    private final ReentrantLock storing = new ReentrantLock();

    private long changed;
    private long storedUpTo;

    /** A shard was stored that the index does not count yet. */
    private boolean indexIsBehind;

    private ConfigMap index = new ConfigMap();
    private Optional<String> lostEpoch = Optional.empty();

    private ConfigMapLedger(KubernetesClient client, String namespace, SalesforceId org) {
        super(new Memories());
        this.client = client;
        this.namespace = namespace;
        this.name = "salesforcesync-ledger-" + org.value().toLowerCase(Locale.ROOT);
    }

    /** Reads the org's ledger, or begins one. */
    public static Result<OrgLedger> open(KubernetesClient client, String namespace, SalesforceId org) {
        ConfigMapLedger ledger = new ConfigMapLedger(client, namespace, org);
        try {
            ledger.load();
            return Result.ok(ledger);
        } catch (KubernetesClientException e) {
            return Result.failed(ledger.unavailable(e));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Result.failed(new Failure.Terminal("LedgerUnreadable", String.valueOf(e.getMessage())));
        }
    }

    /** What an org's ledger says now, for somebody who writes nothing; empty if there is none. */
    public static Result<Optional<OrgLedger>> read(KubernetesClient client, String namespace, SalesforceId org) {
        ConfigMapLedger ledger = new ConfigMapLedger(client, namespace, org);
        try {
            return Result.ok(ledger.look());
        } catch (KubernetesClientException e) {
            return Result.failed(ledger.unavailable(e));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Result.failed(new Failure.Terminal("LedgerUnreadable", String.valueOf(e.getMessage())));
        }
    }

    /** One without any memory that takes in nothing. */
    public static OrgLedger none() {
        return new ReadOnlyLedger(new Memories(), Optional.empty());
    }

    private synchronized Optional<OrgLedger> look() {
        Optional<ConfigMap> found = loadShards();
        if (found.isEmpty() && shards.isEmpty()) {
            return Optional.empty();
        }
        boolean lost = found.map(map -> map.getData().containsKey(LOST) || hasLost(map))
                .orElse(true);
        return Optional.of(new ReadOnlyLedger(
                memories, lost ? Optional.of(found.map(ConfigMapLedger::epoch).orElse("unknown")) : Optional.empty()));
    }

    private synchronized void load() {
        Optional<ConfigMap> found = loadShards();
        if (found.isPresent()) {
            index = found.get();
            if (hasLost(index) && !index.getData().containsKey(LOST)) {
                writeDownLoss();
            }
        } else {
            index = client.resource(newIndex()).inNamespace(namespace).create();
        }
        lostEpoch = index.getData().containsKey(LOST) ? Optional.of(epoch(index)) : Optional.empty();
    }

    private boolean hasLost(ConfigMap found) {
        return shards.size() < Integer.parseInt(found.getData().getOrDefault("shards", "0"));
    }

    private Optional<ConfigMap> loadShards() {
        ConfigMap found =
                client.configMaps().inNamespace(namespace).withName(name).get();
        client.configMaps()
                .inNamespace(namespace)
                .withLabel(ORG_LABEL, name)
                .list()
                .getItems()
                .forEach(this::loadShard);
        return Optional.ofNullable(found);
    }

    /** At once and in the index, for new shards soon hide what is missing. */
    private void writeDownLoss() {
        index = client.resource(
                        new ConfigMapBuilder(index).addToData(LOST, "true").build())
                .inNamespace(namespace)
                .update();
    }

    private void loadShard(ConfigMap map) {
        Matcher number = SHARD_NUMBER.matcher(map.getMetadata().getName());
        if (!number.find()) {
            return;
        }
        Shard shard = new Shard(name, Integer.parseInt(number.group(1)));
        shard.stored(map);
        shards.put(shard.number(), shard);
        for (String line : Shard.linesOf(map)) {
            Entry entry = EntryLines.read(line);
            if (Memories.isOfMany(entry.key())) {
                // A second line of one key must not come back when the other is removed.
                unstored.addAll(forgetLines(entry.key()));
                shard.add(line);
                memories.remember(entry, shard.number());
                continue;
            }
            int part = linesOfEntry.merge(entry.key(), 1, Integer::sum) - 1;
            String lineKey = lineKey(entry.key(), part);
            shard.put(lineKey, line);
            shardOfLine.put(lineKey, shard);
            memories.addPart(entry, part);
        }
    }

    private ConfigMap newIndex() {
        Map<String, String> data =
                new HashMap<>(Map.of("epoch", UUID.randomUUID().toString(), "shards", String.valueOf(shards.size())));
        if (!shards.isEmpty()) {
            data.put(LOST, "true");
        }
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/managed-by", "salesforce-sync-operator")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static String epoch(ConfigMap index) {
        return index.getData().getOrDefault("epoch", "unknown");
    }

    @Override
    public synchronized Optional<String> lostEpoch() {
        return lostEpoch;
    }

    @Override
    public Result<Boolean> acceptLoss(String epoch) {
        storing.lock();
        try {
            return acceptLossAlone(epoch);
        } finally {
            storing.unlock();
        }
    }

    private synchronized Result<Boolean> acceptLossAlone(String epoch) {
        if (!lostEpoch.filter(epoch::equals).isPresent()) {
            return Result.ok(false);
        }
        try {
            index = client.resource(new ConfigMapBuilder(index)
                            .removeFromData(LOST)
                            // the word given for this loss must not count for the next
                            .addToData("epoch", UUID.randomUUID().toString())
                            .addToData("shards", String.valueOf(storedShards()))
                            .build())
                    .inNamespace(namespace)
                    .update();
            lostEpoch = Optional.empty();
            return Result.ok(true);
        } catch (KubernetesClientException e) {
            return Result.failed(unavailable(e));
        }
    }

    @Override
    public Result<Integer> record(List<LedgerChange> changes) {
        long mine = change(changes);
        storing.lock();
        try {
            // Whoever stored last may have taken these changes along.
            if (storedUpTo < mine) {
                storedUpTo = storeAll();
            }
            return Result.ok(changes.size());
        } catch (KubernetesClientException e) {
            return Result.failed(e.getCode() == 409 ? conflict() : unavailable(e));
        } finally {
            storing.unlock();
        }
    }

    private synchronized long change(List<LedgerChange> changes) {
        changes.forEach(change -> unstored.addAll(apply(memories.settled(change))));
        return ++changed;
    }

    /** Stores what was changed so far, and answers up to which change that is. */
    private long storeAll() {
        List<Shard> due;
        long upTo;
        synchronized (this) {
            due = List.copyOf(unstored);
            upTo = changed;
        }
        due.forEach(this::store);
        if (indexIsBehind) {
            storeIndex();
            indexIsBehind = false;
        }
        return upTo;
    }

    private Set<Shard> apply(LedgerChange change) {
        Set<Shard> touched = new LinkedHashSet<>(forgetLines(change.key()));
        if (change instanceof LedgerChange.Put put) {
            List<String> lines = EntryLines.write(put.entry());
            if (Memories.isOfMany(change.key())) {
                Shard shard = shardWithRoom(lines.get(0), touched);
                shard.add(lines.get(0));
                touched.add(shard);
                memories.remember(put.entry(), shard.number());
            } else {
                putLines(change.key(), lines, touched);
                memories.remember(put.entry(), Memories.NOWHERE);
            }
        } else {
            memories.forget(change.key());
        }
        return touched;
    }

    private void putLines(String key, List<String> lines, Set<Shard> touched) {
        for (int part = 0; part < lines.size(); part++) {
            Shard shard = shardWithRoom(lines.get(part), touched);
            shard.put(lineKey(key, part), lines.get(part));
            shardOfLine.put(lineKey(key, part), shard);
            touched.add(shard);
        }
        linesOfEntry.put(key, lines.size());
    }

    private List<Shard> forgetLines(String key) {
        if (Memories.isOfMany(key)) {
            Shard shard = shards.get(memories.shardOf(key));
            if (shard == null) {
                return List.of();
            }
            shard.takeAway(memories.lineOf(key));
            return List.of(shard);
        }
        Integer count = linesOfEntry.remove(key);
        List<Shard> touched = new ArrayList<>();
        for (int part = 0; part < (count == null ? 0 : count); part++) {
            Shard shard = shardOfLine.remove(lineKey(key, part));
            if (shard != null) {
                shard.remove(lineKey(key, part));
                touched.add(shard);
            }
        }
        return touched;
    }

    /** Prefers a shard that is written anyway, then the newest. */
    private Shard shardWithRoom(String line, Set<Shard> touched) {
        for (Shard shard : touched) {
            if (shard.hasRoomFor(line)) {
                return shard;
            }
        }
        for (Shard shard : shards.descendingMap().values()) {
            if (shard.hasRoomFor(line)) {
                return shard;
            }
        }
        int number = shards.isEmpty() ? 0 : shards.lastKey() + 1;
        Shard fresh = new Shard(name, number);
        shards.put(number, fresh);
        return fresh;
    }

    private void store(Shard shard) {
        ConfigMap map;
        synchronized (this) {
            unstored.remove(shard);
            map = shard.toConfigMap(
                    namespace,
                    Map.of(ORG_LABEL, name, "app.kubernetes.io/managed-by", "salesforce-sync-operator"),
                    memories.linesIn(shard.number()));
        }
        boolean stored = false;
        try {
            boolean fresh = shard.isNew();
            shard.stored(
                    fresh
                            ? client.resource(map).inNamespace(namespace).create()
                            : client.resource(map).inNamespace(namespace).update());
            stored = true;
            indexIsBehind |= fresh;
        } finally {
            if (!stored) {
                owe(shard);
            }
        }
    }

    private synchronized void owe(Shard shard) {
        unstored.add(shard);
    }

    private void storeIndex() {
        index = client.resource(new ConfigMapBuilder(index)
                        .addToData("shards", String.valueOf(storedShards()))
                        .build())
                .inNamespace(namespace)
                .update();
    }

    private synchronized long storedShards() {
        return shards.values().stream().filter(shard -> !shard.isNew()).count();
    }

    private static String lineKey(String key, int part) {
        return key + "#" + part;
    }

    private Failure conflict() {
        return new Failure.Transient(
                "LedgerConflict",
                "Another process wrote the ledger " + name + " in namespace " + namespace
                        + "; it is read again before anything else is done.");
    }

    private Failure unavailable(KubernetesClientException e) {
        String told = e.getCode() == 403
                ? "The service account may not read or write ConfigMaps in namespace " + namespace
                        + "; install the chart's Role."
                : "The ledger " + name + " in namespace " + namespace
                        + " can't be reached through the API server (HTTP " + e.getCode() + ").";
        return new Failure.Transient("LedgerUnavailable", told);
    }
}
