package dev.salesforcesync.converge;

import dev.salesforcesync.model.SalesforceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One org, one will: the first connection that reaches an org keeps it until it is deleted. */
final class OrgClaims {
    private final Map<SalesforceId, ResourceName> owners = new HashMap<>();

    /** Claims the org; answers the other connection that has it already. */
    synchronized Optional<ResourceName> claim(SalesforceId org, ResourceName connection) {
        owners.entrySet()
                .removeIf(claim ->
                        claim.getValue().equals(connection) && !claim.getKey().equals(org));
        ResourceName owner = owners.computeIfAbsent(org, free -> connection);
        return owner.equals(connection) ? Optional.empty() : Optional.of(owner);
    }

    synchronized void release(ResourceName connection) {
        owners.values().removeIf(connection::equals);
    }
}
