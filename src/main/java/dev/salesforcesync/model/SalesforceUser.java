package dev.salesforcesync.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A Salesforce user as read.
 *
 * @param id the record id
 * @param fields values by API name as Salesforce writes them in JSON ("true", "2026-11-22T…"); fields that are null
 *     in Salesforce are left out. Always holds Username, IsActive and ProfileId
 * @param modified SystemModstamp
 */
public record SalesforceUser(SalesforceId id, Map<String, String> fields, Instant modified) {
    public SalesforceUser {
        fields = PackedFields.of(fields);
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public boolean active() {
        return "true".equals(fields.get("IsActive"));
    }

    public String username() {
        return fields.getOrDefault("Username", "");
    }

    /** Never shows field values, so that a user cannot slip into a log. */
    @Override
    public String toString() {
        return "SalesforceUser[" + id + "]";
    }
}
