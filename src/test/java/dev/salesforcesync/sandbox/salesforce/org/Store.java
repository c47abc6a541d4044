package dev.salesforcesync.sandbox.salesforce.org;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of one org, its counters and the minting of ids. Guarded by the org's lock. */
final class Store {
    private final Schema schema;
    private final String instance;
    private final Map<ObjectType, Table> tables = new LinkedHashMap<>();
    private final Map<ObjectType, Long> minted = new HashMap<>();
    private final Map<String, Integer> activeByProfile = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Store(Schema schema, String instance) {
        this.schema = schema;
        this.instance = instance;
        schema.types().forEach(type -> tables.put(type, new Table(type)));
    }

    Schema schema() {
        return schema;
    }

    Table table(ObjectType type) {
        Table table = tables.get(type);
        if (table == null) {
            throw new IllegalArgumentException(type.name());
        }
        return table;
    }

    Table table(String type) {
        return table(schema.get(type));
    }

    String mint(ObjectType type) {
        long number = minted.merge(type, 1L, Long::sum);
        return SalesforceId.of(type.keyPrefix(), instance, number);
    }

    long mintedOf(ObjectType type) {
        return minted.getOrDefault(type, 0L);
    }

    void countActive(String profileId, int change) {
        activeByProfile.merge(profileId, change, Integer::sum);
    }

    /** Counts seats of permission set licences (by id) and feature licences (by flag). */
    void count(String what, int change) {
        counts.merge(what, change, Integer::sum);
    }

    int counted(String what) {
        return counts.getOrDefault(what, 0);
    }

    /** Active users of all profiles of this licence: the seats taken. */
    int seatsTaken(String licenceId) {
        int taken = 0;
        for (var entry : activeByProfile.entrySet()) {
            Row profile = table("Profile").byId(entry.getKey()).orElseThrow();
            if (profile.text("UserLicenseId").equals(licenceId)) {
                taken += entry.getValue();
            }
        }
        return taken;
    }

    int activeAdministrators() {
        int count = 0;
        for (var entry : activeByProfile.entrySet()) {
            Row profile = table("Profile").byId(entry.getKey()).orElseThrow();
            count += profile.flag("PermissionsModifyAllData") ? entry.getValue() : 0;
        }
        return count;
    }
}
