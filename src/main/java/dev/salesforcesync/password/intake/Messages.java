package dev.salesforcesync.password.intake;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.password.Agent;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.Whom;
import dev.salesforcesync.password.intake.JsonBytes.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what agents send as one change. What is refused is named by its field, never by its value. */
final class Messages {
    /** Longest in bytes; Salesforce takes up to 16,000 (OAuth and SOAP), Active Directory up to 127 characters. */
    static final int LONGEST_PASSWORD = 1_024;

    private static final int LONGEST_NAME = 256;

    /** Between 1601 and 1970, of a FILETIME (MS-DTYP, 2.3.3) in units of 100 ns. */
    private static final long EPOCH = 116_444_736_000_000_000L;

    private static final String DELTA = "resourceObjectShadowChangeDescription.";
    private static final String ATTRIBUTES = DELTA + "oldShadow.attributes.";

    private Messages() {}

    /** Our own form, as {@code openapi/passwords.yaml} describes it. */
    static PasswordChange plain(JsonBytes json, Instant now) throws Malformed {
        return new PasswordChange(
                whom(json, ""), secret(json, "password"), changedAt(json), sequence(json), now, Agent.JSON);
    }

    /** A midPoint notification of a changed password; it has neither a time nor a number. */
    static PasswordChange midPoint(JsonBytes json, Instant now) throws Malformed {
        for (String prefix : List.of(DELTA + "objectDelta.itemDelta.", DELTA + "objectDelta.itemDelta[0].")) {
            if (json.text(prefix + "path")
                    .filter("credentials/password/value"::equals)
                    .isPresent()) {
                if (json.text(prefix + "modificationType")
                        .filter("replace"::equals)
                        .isEmpty()) {
                    throw new Malformed("itemDelta.modificationType must be replace");
                }
                return new PasswordChange(
                        whom(json, ATTRIBUTES),
                        secret(json, prefix + "value"),
                        Optional.empty(),
                        OptionalLong.empty(),
                        now,
                        Agent.MIDPOINT);
            }
        }
        throw new Malformed("objectDelta.itemDelta must be of the path credentials/password/value");
    }

    private static Whom whom(JsonBytes json, String prefix) throws Malformed {
        List<Whom> given = new ArrayList<>();
        String ri = prefix.isEmpty() ? "" : "ri:";
        Optional<String> guid = json.text(prefix + ri + "objectGUID");
        if (guid.isPresent()) {
            try {
                given.add(new Whom.ByGuid(ObjectGuid.parse(guid.get())));
            } catch (IllegalArgumentException e) {
                throw new Malformed("objectGUID must be a GUID such as 01234567-89ab-cdef-0123-456789abcdef");
            }
        }
        name(json, prefix + ri + "sAMAccountName").map(Whom.ByAccountName::new).ifPresent(given::add);
        name(json, prefix + ri + "userPrincipalName")
                .map(Whom.ByPrincipalName::new)
                .ifPresent(given::add);
        if (given.isEmpty()) {
            throw new Malformed("objectGUID, sAMAccountName or userPrincipalName must be given");
        }
        return given.get(0);
    }

    private static Optional<String> name(JsonBytes json, String path) throws Malformed {
        Optional<String> name = json.text(path);
        if (name.filter(text -> text.isEmpty() || text.length() > LONGEST_NAME).isPresent()) {
            throw new Malformed("a name must have 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static byte[] secret(JsonBytes json, String path) throws Malformed {
        byte[] secret = json.bytes(path).orElseThrow(() -> new Malformed("the password must be given"));
        if (secret.length == 0 || secret.length > LONGEST_PASSWORD) {
            throw new Malformed("the password must have 1 to " + LONGEST_PASSWORD + " bytes");
        }
        return secret.clone();
    }

    private static Optional<Instant> changedAt(JsonBytes json) throws Malformed {
        Optional<String> text = json.text("changedAt");
        if (text.isPresent()) {
            try {
                return text.map(Instant::parse);
            } catch (DateTimeException e) {
                throw new Malformed("changedAt must be a time such as 2026-03-01T12:00:00Z");
            }
        }
        OptionalLong fileTime = number(json, "pwdLastSet");
        return fileTime.isPresent() && fileTime.getAsLong() > EPOCH
                ? Optional.of(Instant.EPOCH.plusMillis((fileTime.getAsLong() - EPOCH) / 10_000))
                : Optional.empty();
    }

    private static OptionalLong sequence(JsonBytes json) throws Malformed {
        OptionalLong sequence = number(json, "sequence");
        if (sequence.isPresent() && sequence.getAsLong() < 0) {
            throw new Malformed("sequence must not be negative");
        }
        return sequence;
    }

    private static OptionalLong number(JsonBytes json, String path) throws Malformed {
        Optional<String> text = json.text(path);
        try {
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            throw new Malformed(path + " must be a whole number");
        }
    }
}
