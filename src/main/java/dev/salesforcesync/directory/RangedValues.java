package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All values of an attribute that a server hands out in ranges, such as {@code member;range=0-1499} (MS-ADTS
 * 3.1.1.3.1.3.3). An object that changes meanwhile is begun again: positions mean nothing across a change. Its
 * {@code uSNChanged} alone does not tell: a value that goes because the object it names is deleted moves all that follow
 * and leaves {@code uSNChanged} as it was (seen on Samba 4.17). So each range begins with the last value of the one
 * before.
 */
final class RangedValues {
    private static final Pattern RANGE = Pattern.compile("(?i)range=([0-9]{1,9})-([0-9]{1,9}|\\*)");
    private static final int MAX_BEGINNINGS = 5;

    private final Session session;
    private final ReadSteps steps;
    private final List<Control> controls;

    RangedValues(Session session, ReadSteps steps, List<Control> controls) {
        this.session = session;
        this.steps = steps;
        this.controls = controls;
    }

    /** One range of values; the last one reaches to the end. */
    private record Chunk(int from, int to, boolean last, List<String> values) {
        /** Whether the last value that was read stands where it stood, and is not all that came. */
        boolean continues(List<String> read) {
            return from == read.size() - 1
                    && !values.isEmpty()
                    && values.get(0).equals(read.get(from))
                    && (last || values.size() > 1);
        }
    }

    /**
     * Completes the attribute of an entry that a search returned.
     *
     * @param entry holds {@code uSNChanged} and the first range
     * @return every value; empty when the ranges cannot be read to their end, also because the object is gone
     */
    Optional<List<String>> all(SearchResultEntry entry, ObjectGuid guid, String attribute) throws LDAPException {
        try {
            return collect(entry, guid, attribute);
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<List<String>> collect(SearchResultEntry entry, ObjectGuid guid, String attribute)
            throws LDAPException {
        SearchResultEntry now = entry;
        for (int beginning = 1; beginning <= MAX_BEGINNINGS; beginning++) {
            String version = version(now);
            List<String> values = new ArrayList<>();
            Chunk chunk = chunk(now, attribute);
            boolean same = chunk.from() == 0;
            while (same) {
                values.addAll(chunk.values()
                        .subList(values.isEmpty() ? 0 : 1, chunk.values().size()));
                if (chunk.last()) {
                    return Optional.of(values);
                }
                if (values.isEmpty() || chunk.to() != values.size() - 1) {
                    return Optional.empty();
                }
                now = fetch(guid, steps.more(attribute, values.size()));
                chunk = chunk(now, attribute);
                same = version(now).equals(version) && chunk.continues(values);
            }
            now = fetch(guid, steps.first(attribute));
        }
        return Optional.empty();
    }

    /** Whether an entry holds only the first range of an attribute. */
    static boolean isPartial(Entry entry, String attribute) {
        return !chunk(entry, attribute).last();
    }

    private static Chunk chunk(Entry entry, String attribute) {
        List<String> plain = List.of();
        for (Attribute one : entry.getAttributes()) {
            if (!one.getBaseName().equalsIgnoreCase(attribute)) {
                continue;
            }
            for (String option : one.getOptions()) {
                Matcher range = RANGE.matcher(option);
                if (range.matches()) {
                    int from = Integer.parseInt(range.group(1));
                    boolean last = range.group(2).equals("*");
                    int to = last ? from + one.size() - 1 : Integer.parseInt(range.group(2));
                    return new Chunk(from, to, last, List.of(one.getValues()));
                }
            }
            plain = List.of(one.getValues());
        }
        return new Chunk(0, plain.size() - 1, true, plain);
    }

    private SearchResultEntry fetch(ObjectGuid guid, String attribute) throws LDAPException {
        SearchRequest request = new SearchRequest(
                "<GUID=" + guid + ">",
                SearchScope.BASE,
                Filter.createPresenceFilter("objectClass"),
                attribute,
                "uSNChanged");
        request.setControls(controls);
        SearchResultEntry entry = session.connection().searchForEntry(request);
        if (entry == null) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "gone while it was read");
        }
        return entry;
    }

    private static String version(Entry entry) {
        return Objects.requireNonNullElse(entry.getAttributeValue("uSNChanged"), "");
    }
}
