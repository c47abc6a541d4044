package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/** The mails that the org sent to users, without their text: the newest of them. */
public final class Mails {
    private static final int KEPT = 100_000;

    private final ArrayDeque<Mail> sent = new ArrayDeque<>();

    /** Why a mail is sent. */
    public enum Kind {
        /** Welcome, with the link to choose a password; only when EmailHeader.triggerUserEmail asks for it. */
        NEW_USER,
        /** A link to choose a new password; by SOAP only when EmailHeader.triggerUserEmail asks for it. */
        PASSWORD_RESET,
        /** The new security token after one's own change of password. */
        SECURITY_TOKEN,
        /** The link that proves a new address; goes to the new address. */
        EMAIL_VERIFICATION,
        /** That the address was changed; goes to the old one. */
        EMAIL_CHANGE_NOTICE
    }

    /** A mail to a user at an address. */
    public record Mail(Instant at, Kind kind, String userId, String address) {}

    synchronized void send(Mail mail) {
        sent.addLast(mail);
        if (sent.size() > KEPT) {
            sent.removeFirst();
        }
    }

    synchronized void takeBack(Mail mail) {
        sent.removeLastOccurrence(mail);
    }

    /** Mails of the present, oldest first. */
    public synchronized List<Mail> sent() {
        return List.copyOf(sent);
    }
}
