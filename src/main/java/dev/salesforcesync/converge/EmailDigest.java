package dev.salesforcesync.converge;

import dev.salesforcesync.plan.Planner;
import java.util.Locale;

/** The form in which an unconfirmed e-mail address is remembered, so that the ledger holds none. */
final class EmailDigest {
    private EmailDigest() {}

    static String of(String address) {
        return Planner.digestOf(address.strip().toLowerCase(Locale.ROOT));
    }
}
