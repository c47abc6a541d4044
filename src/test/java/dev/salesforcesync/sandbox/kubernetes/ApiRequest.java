package dev.salesforcesync.sandbox.kubernetes;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request as the dispatcher sees it. Absent headers, parameters and bodies are empty.
 *
 * @param path the decoded path without its query
 */
record ApiRequest(
        String method, String path, Map<String, String> query, String accept, String contentType, Buffer content) {

    ApiRequest {
        query = Map.copyOf(query);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    String body() {
        return content.toString(StandardCharsets.UTF_8);
    }

    boolean isWatch() {
        return method.equals("GET")
                && (parameter("watch").equals("true") || parameter("watch").equals("1"));
    }

    /** Whether the client prefers rows and columns to objects, as {@code kubectl get} does. */
    boolean wantsTable() {
        return accept.split(",", 2)[0].contains("as=Table");
    }

    /** Whether rows carry whole objects; by default they carry metadata only. */
    boolean wantsWholeObjects() {
        return parameter("includeObject").equals("Object");
    }
}
