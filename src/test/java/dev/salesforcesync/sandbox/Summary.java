package dev.salesforcesync.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The figures of a {@code once} run, for {@code target/sandbox/summary.json}. */
final class Summary {
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final ObjectNode root = json.createObjectNode();

    void seconds(String phase, Duration took) {
        root.withObject("/seconds").put(phase, took.toMillis() / 1000.0);
    }

    void compared(int people) {
        root.put("comparedWithTheOrg", people);
    }

    void healed(int fields) {
        root.put("healedFields", fields);
    }

    /**
     * What the first run came to.
     *
     * @param written confirmed actions by name, as the operator's metrics tell them
     */
    void firstRun(SyncPolicy policy, Journal journal, Map<String, Integer> written) {
        Optional<SyncPolicyStatus.Users> users =
                Objects.requireNonNull(policy.getStatus()).findUsers();
        root.put(
                "peopleInScope",
                users.flatMap(SyncPolicyStatus.Users::findInScope).orElse(0));
        root.put("failed", users.flatMap(SyncPolicyStatus.Users::findFailing).orElse(0));
        root.put("created", written.getOrDefault("Create", 0));
        root.put("updated", written.getOrDefault("Update", 0));
        root.put("deactivated", written.getOrDefault("Deactivate", 0));
        root.put("apiCallsOfFirstRun", journal.last());
    }

    void end(List<String> troubles, Journal journal, Path file) {
        root.put("verified", troubles.isEmpty());
        troubles.forEach(root.putArray("troubles")::add);
        root.put("apiCalls", journal.last());
        try {
            json.writeValue(file.toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
