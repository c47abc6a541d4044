package dev.salesforcesync.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for each change of a Salesforce user, on the logger {@code audit}. Says who by identity, never by
 * name, and which fields, never which values.
 */
public final class AuditTrail {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes one line; {@code result} is a stable word such as Written, Refused or Unknown. */
    public void changed(
            String policy,
            SalesforceId org,
            String action,
            ObjectGuid person,
            Optional<SalesforceId> user,
            Collection<String> fields,
            String reason,
            String result) {
        ObjectNode line = JSON.createObjectNode()
                .put("policy", policy)
                .put("org", org.value())
                .put("action", action)
                .put("person", person.toString());
        user.ifPresent(id -> line.put("user", id.value()));
        fields.forEach(line.putArray("fields")::add);
        line.put("reason", reason).put("result", result);
        try {
            AUDIT.info(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings is always JSON", e);
        }
    }
}
