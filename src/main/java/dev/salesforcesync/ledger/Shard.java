package dev.salesforcesync.ledger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One ConfigMap of the ledger: its lines by line key, but for those of entries of which there are many, and the version it
 * was last read or written at.
 */
final class Shard {
    /** Well below the 1 MiB of a ConfigMap, so that a write stays cheap for the API server and etcd. */
    static final int MAX_BYTES = 64 * 1024 - 1024;

    private static final String FORMAT = "1";

    private final String name;
    private final int number;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private String resourceVersion = "";
    private int bytes;

    /** @param ledger the name of the index */
    Shard(String ledger, int number) {
        this.name = ledger + "-" + number;
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isNew() {
        return resourceVersion.isEmpty();
    }

    boolean hasRoomFor(String line) {
        return bytes + size(line) <= MAX_BYTES;
    }

    void put(String lineKey, String line) {
        remove(lineKey);
        lines.put(lineKey, line);
        bytes += size(line);
    }

    void remove(String lineKey) {
        String old = lines.remove(lineKey);
        if (old != null) {
            bytes -= size(old);
        }
    }

    /** A line is stored here that can be made anew. */
    void add(String line) {
        bytes += size(line);
    }

    /** The same line is so no longer. */
    void takeAway(String line) {
        bytes -= size(line);
    }

    void stored(ConfigMap stored) {
        resourceVersion = stored.getMetadata().getResourceVersion();
    }

    /** @param made the lines that are not kept here */
    ConfigMap toConfigMap(String namespace, Map<String, String> labels, List<String> made) {
        List<String> all = new ArrayList<>(lines.values());
        all.addAll(made);
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .withResourceVersion(isNew() ? null : resourceVersion)
                .endMetadata()
                .withData(Map.of("format", FORMAT, "lines", String.join("\n", all)))
                .build();
    }

    /** Throws {@link IllegalStateException} for a format of a newer operator. */
    static String[] linesOf(ConfigMap map) {
        Map<String, String> data = map.getData() == null ? Map.of() : map.getData();
        String format = data.getOrDefault("format", "");
        if (!format.equals(FORMAT)) {
            throw new IllegalStateException("ledger shard " + map.getMetadata().getName() + " has format '" + format
                    + "', this operator reads format " + FORMAT + "; run the operator that wrote it");
        }
        String lines = data.getOrDefault("lines", "");
        return lines.isEmpty() ? new String[0] : lines.split("\n", -1);
    }

    private static int size(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
}
