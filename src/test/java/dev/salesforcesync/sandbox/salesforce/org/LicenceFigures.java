package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many seats the org says are taken: counted anew when somebody asks and the last count is old enough, so the
 * figure may lie behind the truth (Object Reference, UserLicense.UsedLicensesLastUpdated). Under the org's lock.
 */
final class LicenceFigures {
    private final Store store;
    private final Duration lag;
    private final Map<String, Instant> countedAt = new HashMap<>();

    LicenceFigures(Store store, Duration lag) {
        this.store = store;
        this.lag = lag;
    }

    static boolean shows(String object) {
        return object.equalsIgnoreCase("UserLicense") || object.equalsIgnoreCase("PermissionSetLicense");
    }

    void refresh(Instant now) {
        Table licences = store.table("UserLicense");
        for (Row row : List.copyOf(licences.rows())) {
            if (isDue(row.moment("UsedLicensesLastUpdated"), now)) {
                licences.put(
                        row.with("UsedLicenses", store.seatsTaken(row.id())).with("UsedLicensesLastUpdated", now));
            }
        }
        Table permissionSetLicences = store.table("PermissionSetLicense");
        for (Row row : List.copyOf(permissionSetLicences.rows())) {
            if (isDue(countedAt.computeIfAbsent(row.id(), id -> row.moment("CreatedDate")), now)) {
                permissionSetLicences.put(row.with("UsedLicenses", store.counted(row.id())));
                countedAt.put(row.id(), now);
            }
        }
    }

    /** Changes how many seats a licence of users or of permission sets has. */
    void setSeats(String licence, int total) {
        setSeats("UserLicense", "Name", licence, total);
        setSeats("PermissionSetLicense", "DeveloperName", licence, total);
    }

    private void setSeats(String object, String nameField, String licence, int total) {
        Table licences = store.table(object);
        for (Row row : List.copyOf(licences.rows())) {
            if (row.text(nameField).equals(licence)) {
                licences.put(row.with("TotalLicenses", total));
            }
        }
    }

    private boolean isDue(Instant last, Instant now) {
        return !last.plus(lag).isAfter(now);
    }
}
