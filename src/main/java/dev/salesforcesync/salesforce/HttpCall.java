package dev.salesforcesync.salesforce;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request to be made.
 *
 * @param operation its name in counts and metrics
 * @param body sent by POST; without one it is a GET
 */
record HttpCall(String operation, URI uri, Map<String, String> headers, Optional<byte[]> body) {
    HttpCall {
        headers = Map.copyOf(headers);
    }

    /** Never shows headers, query or body: they hold tokens and people. */
    @Override
    public String toString() {
        return "HttpCall[" + operation + "]";
    }
}
