package dev.salesforcesync.sandbox.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import dev.salesforcesync.model.ObjectGuid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one search shows of an object: the attributes asked for, computed ones, and long value lists in ranges
 * (MS-ADTS 3.1.1.3.1.3.3).
 *
 * @param asked attribute names as the request lists them
 * @param extendedDn whether DNs are shown with the identity in front (control 1.2.840.113556.1.4.529)
 * @param hiddenAttributes lower-case names that the reader has no right to see
 */
record EntryView(Domain domain, List<String> asked, boolean extendedDn, int maxValRange, Set<String> hiddenAttributes) {
    private static final Pattern RANGE = Pattern.compile("(?i)(.+);range=([0-9]+)-([0-9]+|\\*)");
    private static final Set<String> NEVER_SHOWN = Set.of("unicodepwd", "userpassword");

    Entry show(Node node) {
        Entry shown = new Entry(name(node), domain.schema);
        if (asked.contains("1.1")) {
            return shown;
        }
        Set<String> names = new LinkedHashSet<>(asked);
        if (asked.isEmpty() || names.remove("*")) {
            node.entry.getAttributes().forEach(attribute -> names.add(attribute.getName()));
            names.addAll(List.of("distinguishedName", "member", "memberOf", "manager", "directReports"));
        }
        for (String name : names) {
            add(shown, node, name);
        }
        return shown;
    }

    private void add(Entry shown, Node node, String request) {
        Matcher range = RANGE.matcher(request);
        boolean ranged = range.matches();
        String name = ranged ? range.group(1) : request;
        Optional<AdSchema.AttributeKind> kind = AdSchema.attribute(name);
        String lower = name.toLowerCase(Locale.ROOT);
        if (kind.isEmpty() || NEVER_SHOWN.contains(lower) || hiddenAttributes.contains(lower)) {
            return;
        }
        List<ASN1OctetString> values = values(node, lower);
        if (!ranged && values.size() <= maxValRange) {
            if (!values.isEmpty()) {
                shown.setAttribute(attribute(kind.get().name(), values));
            }
            return;
        }
        int from = ranged ? Integer.parseInt(range.group(2)) : 0;
        int wanted = !ranged || range.group(3).equals("*") ? Integer.MAX_VALUE : Integer.parseInt(range.group(3));
        long last = Math.min(wanted, (long) from + maxValRange - 1);
        if (values.isEmpty()) {
            return;
        }
        boolean end = last >= values.size() - 1L;
        List<ASN1OctetString> part =
                from >= values.size() ? List.of() : values.subList(from, end ? values.size() : (int) last + 1);
        if (!ranged) {
            shown.setAttribute(attribute(kind.get().name(), List.of()));
        }
        shown.setAttribute(attribute(kind.get().name() + ";range=" + from + "-" + (end ? "*" : last), part));
    }

    private Attribute attribute(String name, List<ASN1OctetString> values) {
        return new Attribute(name, domain.schema, values.toArray(new ASN1OctetString[0]));
    }

    private List<ASN1OctetString> values(Node node, String name) {
        return switch (name) {
            case "distinguishedname" -> List.of(new ASN1OctetString(name(node)));
            case "member", "manager" -> names(domain.links(name).orElseThrow().targets(node.guid));
            case "memberof", "directreports" ->
                names(domain.links(name).orElseThrow().sources(node.guid));
            case "msds-user-account-control-computed" ->
                node.isA("user") ? List.of(new ASN1OctetString(Long.toString(computed(node)))) : List.of();
            case "msds-userpasswordexpirytimecomputed" ->
                node.isA("user") ? List.of(new ASN1OctetString(Long.toString(passwordEnd(node)))) : List.of();
            default -> {
                Attribute stored = node.entry.getAttribute(name);
                yield stored == null ? List.of() : List.of(stored.getRawValues());
            }
        };
    }

    /** Locked out and password expired, the two bits that AD computes (MS-ADTS 3.1.1.4.5.17). */
    private long computed(Node node) {
        long bits = isLockedOut(node) ? 0x10 : 0;
        return mustChangePassword(node) ? bits | 0x800000 : bits;
    }

    static boolean mustChangePassword(Node node) {
        boolean neverExpires = (node.number("userAccountControl", 0) & 0x10000) != 0;
        return !neverExpires && node.number("pwdLastSet", 0) == 0;
    }

    /** A lockout runs out by itself, and nothing in the directory changes then. */
    private boolean isLockedOut(Node node) {
        long since = node.number("lockoutTime", 0);
        long length = domain.at(domain.root)
                .map(root -> root.number("lockoutDuration", 0))
                .orElse(0L);
        return since > 0 && (length >= 0 || FileTime.toInstant(since - length).isAfter(Instant.now()));
    }

    private long passwordEnd(Node node) {
        long age =
                domain.at(domain.root).map(root -> root.number("maxPwdAge", 0)).orElse(0L);
        boolean never = (node.number("userAccountControl", 0) & 0x10000) != 0 || age == 0 || age == Long.MIN_VALUE;
        long set = node.number("pwdLastSet", 0);
        return never ? Long.MAX_VALUE : set == 0 ? 0 : set - age;
    }

    static boolean accountExpired(Node node, Instant now) {
        long end = node.number("accountExpires", 0);
        return end != 0 && end != Long.MAX_VALUE && !FileTime.toInstant(end).isAfter(now);
    }

    private List<ASN1OctetString> names(Set<ObjectGuid> guids) {
        List<ASN1OctetString> names = new ArrayList<>(guids.size());
        for (ObjectGuid guid : guids) {
            domain.of(guid).ifPresent(node -> names.add(new ASN1OctetString(name(node))));
        }
        return names;
    }

    private String name(Node node) {
        return extendedDn ? "<GUID=" + node.guid + ">;" + node.dn : node.dn.toString();
    }
}
