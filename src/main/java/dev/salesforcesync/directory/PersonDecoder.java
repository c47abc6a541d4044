package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.util.StaticUtils;
import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a person of an entry, or says why not. */
final class PersonDecoder {
    /** What every person shows, whatever the rules read. */
    private static final List<String> SHOWN = List.of("sAMAccountName", "userPrincipalName", "primaryGroupID");

    /** What identity and completeness need. */
    private static final List<String> IDENTITY = List.of("objectGUID", "isDeleted", "uSNChanged");

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

    private final Set<String> wanted;
    private final AccountDecoder accounts;

    /**
     * Makes a decoder.
     *
     * @param wanted the attributes that a person is to show, beside those that every person shows
     */
    PersonDecoder(Set<String> wanted, DomainPolicy policy) {
        this.wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        this.wanted.addAll(wanted);
        this.wanted.addAll(SHOWN);
        this.accounts = new AccountDecoder(policy);
    }

    /** What came of an entry. */
    sealed interface Decoded {
        record Found(Person person) implements Decoded {}

        record Unusable(EntryProblem problem) implements Decoded {}
    }

    /** The attributes to ask for. */
    static Set<String> attributes(Set<String> wanted) {
        Set<String> all = new LinkedHashSet<>(IDENTITY);
        all.addAll(SHOWN);
        all.addAll(AccountDecoder.ATTRIBUTES);
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
    Decoded decode(Entry entry, Map<String, List<String>> completed) {
        Optional<ObjectGuid> guid = guid(entry);
        if (guid.isEmpty()) {
            return new Decoded.Unusable(new EntryProblem(
                    "ObjectGuidMissing", "An entry has no readable objectGUID. Grant the bind account read on it."));
        }
        Optional<AccountState> account = accounts.decode(entry);
        if (account.isEmpty()) {
            return new Decoded.Unusable(new EntryProblem(
                    "AccountStateUnreadable",
                    "The entry " + guid.get() + " has no readable userAccountControl or a malformed accountExpires."
                            + " Grant the bind account read on them."));
        }
        Map<String, List<String>> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Attribute attribute : entry.getAttributes()) {
            if (!attribute.hasOptions() && wanted.contains(attribute.getName())) {
                Optional<List<String>> values = text(attribute);
                if (values.isEmpty()) {
                    // To leave the value out would look as if somebody had cleared it.
                    return new Decoded.Unusable(new EntryProblem(
                            "AttributeNotText",
                            "The attribute " + attribute.getName() + " of the entry " + guid.get()
                                    + " holds bytes that are no UTF-8 text. Correct it, or do not read it in rules."));
                }
                if (!values.get().isEmpty()) {
                    attributes.put(attribute.getName(), values.get());
                }
            }
        }
        attributes.putAll(completed);
        return new Decoded.Found(new Person(guid.get(), entry.getDN(), attributes, account.get()));
    }

    /** The values as text, none of an attribute that is known to hold bytes; empty when they are no text. */
    private static Optional<List<String>> text(Attribute attribute) {
        if (BINARY.contains(attribute.getBaseName().toLowerCase(Locale.ROOT))) {
            return Optional.of(List.of());
        }
        List<String> values = new ArrayList<>();
        for (byte[] bytes : attribute.getValueByteArrays()) {
            if (!StaticUtils.isValidUTF8(bytes)) {
                return Optional.empty();
            }
            values.add(StaticUtils.toUTF8String(bytes));
        }
        return Optional.of(values);
    }
}
