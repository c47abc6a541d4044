package dev.salesforcesync.converge;

import dev.salesforcesync.model.PendingEmail;
import dev.salesforcesync.plan.Planner;
import java.util.Locale;
import java.util.Optional;

/** The form in which an unconfirmed e-mail address is remembered, so that the ledger holds none. */
final class EmailDigest {
    private EmailDigest() {}

    /** The form of an address that may be missing. */
    static String of(Optional<String> address) {
        return address.filter(text -> !text.isBlank()).map(EmailDigest::of).orElse(PendingEmail.NONE);
    }

    static String of(String address) {
        return Planner.digestOf(address.strip().toLowerCase(Locale.ROOT));
    }
}
