package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of earlier answers of a composite: {@code @{anna.id}}, {@code @{found.records[0].Id}}. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("@\\{(\\w+)\\.([^}]+)}");

    private final Map<String, JsonNode> answers = new HashMap<>();

    void keep(String referenceId, JsonNode answer) {
        answers.put(referenceId, answer);
    }

    /**
     * Puts the values in their places.
     *
     * @throws ApiRefusal PROCESSING_HALTED when an earlier request has no such value, as after its failure
     */
    String resolve(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
    }

    private String value(String referenceId, String path) {
        JsonNode node = answers.get(referenceId);
        String pointer = "/" + path.replace(".", "/").replace("[", "/").replace("]", "");
        if (node == null || !node.at(pointer).isValueNode()) {
            throw new ApiRefusal(
                    ErrorCode.PROCESSING_HALTED,
                    "Invalid reference specified. No value for " + referenceId + "." + path + " found in "
                            + referenceId);
        }
        return node.at(pointer).asText();
    }
}
