package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Locale;
import java.util.Map;

/** Ceilings of feature licences: the flags UserPermissions…User of active users. */
final class FeatureSeats {
    private final Map<String, Integer> totals;

    FeatureSeats(Map<String, Integer> totals) {
        this.totals = totals;
    }

    void taken(Transaction transaction, Draft draft) {
        totals.keySet().forEach(feature -> move(transaction, feature, 0, seats(draft, feature)));
    }

    void moved(Transaction transaction, Row before, Draft draft) {
        Draft old = Draft.of(before);
        totals.keySet().forEach(feature -> move(transaction, feature, seats(old, feature), seats(draft, feature)));
    }

    private void move(Transaction transaction, String feature, int before, int after) {
        int change = after - before;
        if (change > 0 && transaction.store().counted(feature) >= totals.getOrDefault(feature, 0)) {
            throw new RowRefused(
                    ErrorCode.LICENSE_LIMIT_EXCEEDED, name(feature) + " feature license limit exceeded", feature);
        }
        if (change != 0) {
            transaction.count(feature, change);
        }
    }

    private static int seats(Draft draft, String feature) {
        return draft.flag("IsActive") && draft.flag(feature) ? 1 : 0;
    }

    /** The text of CRM Content is known ("content feature license limit exceeded"); the others follow it. */
    private static String name(String feature) {
        return feature.replaceFirst("^UserPermissions(SF)?", "")
                .replaceFirst("User$", "")
                .toLowerCase(Locale.ROOT);
    }
}
