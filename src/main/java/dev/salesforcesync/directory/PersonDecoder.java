package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.util.StaticUtils;
import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes a person of an entry, or says why not. */
final class PersonDecoder {
    /** What identity and account state need, whatever the rules read. */
    private static final List<String> ALWAYS = List.of(
            "objectGUID",
            "sAMAccountName",
            "userPrincipalName",
            "userAccountControl",
            "accountExpires",
            "lockoutTime",
            "msDS-User-Account-Control-Computed",
            "primaryGroupID",
            "isDeleted",
            "uSNChanged");

    /** Attributes of AD whose values are bytes even where they happen to be valid text. */
    private static final Set<String> BINARY = Set.of(
            "objectguid",
            "objectsid",
            "sidhistory",
            "thumbnailphoto",
            "jpegphoto",
            "photo",
            "thumbnaillogo",
            "usercertificate",
            "usersmimecertificate",
            "logonhours",
            "msexchmailboxguid",
            "msexchmailboxsecuritydescriptor",
            "ntsecuritydescriptor",
            "ms-ds-consistencyguid",
            "audio",
            "userparameters",
            "tokengroups");

    private static final int ACCOUNT_DISABLED = 0x2;
    private static final int LOCKED_OUT = 0x10;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
    private static final long TICKS_PER_SECOND = 10_000_000L;

    private PersonDecoder() {}

    /** What came of an entry. */
    sealed interface Decoded {
        record Found(Person person) implements Decoded {}

        record Unusable(EntryProblem problem) implements Decoded {}
    }

    /** The attributes to ask for. */
    static Set<String> attributes(Set<String> wanted) {
        Set<String> all = new LinkedHashSet<>(ALWAYS);
        all.addAll(wanted);
        return all;
    }

    static Optional<ObjectGuid> guid(Entry entry) {
        byte[] bytes = entry.getAttributeValueBytes("objectGUID");
        return bytes == null || bytes.length != 16 ? Optional.empty() : Optional.of(ObjectGuid.ofBytes(bytes));
    }

    /**
     * Decodes an entry.
     *
     * @param completed values of attributes that the entry itself holds only a part of
     */
    static Decoded decode(Entry entry, Map<String, List<String>> completed) {
        Optional<ObjectGuid> guid = guid(entry);
        if (guid.isEmpty()) {
            return new Decoded.Unusable(new EntryProblem(
                    "ObjectGuidMissing", "An entry has no readable objectGUID. Grant the bind account read on it."));
        }
        Optional<AccountState> account = account(entry);
        if (account.isEmpty()) {
            return new Decoded.Unusable(new EntryProblem(
                    "AccountStateUnreadable",
                    "The entry " + guid.get() + " has no readable userAccountControl or a malformed accountExpires."
                            + " Grant the bind account read on them."));
        }
        Map<String, List<String>> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Attribute attribute : entry.getAttributes()) {
            List<String> values = text(attribute);
            if (!attribute.hasOptions() && !values.isEmpty()) {
                attributes.put(attribute.getName(), values);
            }
        }
        attributes.putAll(completed);
        return new Decoded.Found(new Person(guid.get(), entry.getDN(), attributes, account.get()));
    }

    private static List<String> text(Attribute attribute) {
        if (BINARY.contains(attribute.getBaseName().toLowerCase(Locale.ROOT))) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (byte[] bytes : attribute.getValueByteArrays()) {
            if (StaticUtils.isValidUTF8(bytes)) {
                values.add(StaticUtils.toUTF8String(bytes));
            }
        }
        return values;
    }

    private static Optional<AccountState> account(Entry entry) {
        Long control = entry.getAttributeValueAsLong("userAccountControl");
        if (control == null) {
            return Optional.empty();
        }
        Optional<Instant> expiresAt = Optional.empty();
        String expires = entry.getAttributeValue("accountExpires");
        if (expires != null) {
            try {
                long ticks = Long.parseLong(expires);
                if (ticks != 0 && ticks != NEVER) {
                    expiresAt = Optional.of(instant(ticks));
                }
            } catch (NumberFormatException | DateTimeException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new AccountState((control & ACCOUNT_DISABLED) == 0, expiresAt, isLockedOut(entry)));
    }

    /**
     * The computed attribute knows when a lockout has run out; without it, a lockout counts until it is lifted
     * (MS-ADTS 3.1.1.4.5.17).
     */
    private static boolean isLockedOut(Entry entry) {
        Long computed = entry.getAttributeValueAsLong("msDS-User-Account-Control-Computed");
        if (computed != null) {
            return (computed & LOCKED_OUT) != 0;
        }
        Long lockout = entry.getAttributeValueAsLong("lockoutTime");
        return lockout != null && lockout > 0;
    }

    /** A FILETIME: 100 ns since 1601-01-01 UTC (MS-DTYP 2.3.3). */
    private static Instant instant(long ticks) {
        return Instant.ofEpochSecond(
                Math.floorDiv(ticks, TICKS_PER_SECOND) - SECONDS_1601_TO_1970,
                Math.floorMod(ticks, TICKS_PER_SECOND) * 100);
    }
}
