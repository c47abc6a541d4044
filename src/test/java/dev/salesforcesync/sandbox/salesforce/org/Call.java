package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;
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
 * @param concerned whom the rows of a write are about, as far as its body says
 * @param limited a query with LIMIT: its answer says nothing of the rows it leaves out
 */
public record Call(
        String protocol,
        String operation,
        String objectType,
        int rows,
        boolean write,
        Map<String, String> headers,
        List<RowConcerned> concerned,
        boolean limited) {
    public Call {
        headers = Map.copyOf(headers);
        concerned = List.copyOf(concerned);
    }

    /** A call that concerns no rows. */
    public Call(
            String protocol,
            String operation,
            String objectType,
            int rows,
            boolean write,
            Map<String, String> headers) {
        this(protocol, operation, objectType, rows, write, headers, List.of(), false);
    }
}
