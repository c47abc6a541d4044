package dev.salesforcesync.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Salesforce user as read. Everything but the id is in one array of bytes: there may be a million of them. */
public final class SalesforceUser {
    private final SalesforceId id;
    private final List<String> names;
    private final byte[] bytes;

    /**
     * What was read.
     *
     * @param id the record id
     * @param fields values by API name as Salesforce writes them in JSON ("true", "2026-11-22T…"); fields that are null
     *     in Salesforce are left out. Always holds Username, IsActive and ProfileId
     * @param modified SystemModstamp
     */
    public SalesforceUser(SalesforceId id, Map<String, String> fields, Instant modified) {
        PackedTexts.Writer writer = new PackedTexts.Writer();
        writer.moment(modified);
        this.id = id;
        this.names = PackedFields.write(fields, writer);
        this.bytes = writer.bytes();
    }

    public SalesforceId id() {
        return id;
    }

    /** In the order of their names. */
    public Map<String, String> fields() {
        PackedTexts.Reader reader = new PackedTexts.Reader(bytes);
        reader.skipMoment();
        return new PackedFields(names, bytes, reader.position());
    }

    public Instant modified() {
        return new PackedTexts.Reader(bytes).moment();
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields().get(name));
    }

    public boolean active() {
        return "true".equals(fields().get("IsActive"));
    }

    public String username() {
        return fields().getOrDefault("Username", "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SalesforceUser user
                && id.equals(user.id)
                && ((names.equals(user.names) && Arrays.equals(bytes, user.bytes))
                        || (modified().equals(user.modified()) && fields().equals(user.fields())));
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + modified().hashCode();
    }

    /** Never shows field values, so that a user cannot slip into a log. */
    @Override
    public String toString() {
        return "SalesforceUser[" + id + "]";
    }
}
