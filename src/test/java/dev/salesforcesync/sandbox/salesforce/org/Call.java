package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Map;

/**
 * A call as it came in, before anything is done.
 *
 * @param protocol SOAP, REST or OAUTH
 * @param operation create, update, upsert, query, token …
 * @param objectType the object concerned, empty when none
 * @param rows rows sent; 0 for reads
 * @param write whether it may change the org
 * @param headers what the client asked for in headers: EmailHeader.triggerUserEmail, CallOptions.client …
 *     Never sessions.
 */
public record Call(
        String protocol, String operation, String objectType, int rows, boolean write, Map<String, String> headers) {
    public Call {
        headers = Map.copyOf(headers);
    }
}
