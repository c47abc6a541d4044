package dev.salesforcesync.directory;

import dev.salesforcesync.model.DirectoryPicture.ForeignMember;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Members of groups who are not of the domain that is read: placeholders for people of other forests
 * (foreignSecurityPrincipal, MS-ADTS 6.1.1.4.10) and objects of other domains of the forest.
 */
final class ForeignMembers {
    private static final String PLACEHOLDERS = ",cn=foreignsecurityprincipals,";

    /** The well-known groups of the machine, such as Authenticated Users, are nobody (MS-DTYP 2.4.2.4). */
    private static final String WELL_KNOWN = "cn=s-1-5-21-";

    private final Map<ObjectGuid, Map<ObjectGuid, String>> byGroup = new HashMap<>();

    /** Notes a member, if he is from elsewhere. */
    void note(ObjectGuid group, ObjectGuid member, String dn, String namingContext) {
        String lower = dn.toLowerCase(Locale.ROOT);
        boolean placeholder = lower.contains(PLACEHOLDERS) && lower.startsWith(WELL_KNOWN);
        if (placeholder || !isOf(dn, namingContext)) {
            byGroup.computeIfAbsent(group, key -> new HashMap<>()).put(member, dn);
        }
    }

    /** Whether somebody of that name is an object of the domain, be it a placeholder. */
    static boolean isOf(String dn, String namingContext) {
        return dn.toLowerCase(Locale.ROOT).endsWith("," + namingContext.toLowerCase(Locale.ROOT));
    }

    void remove(ObjectGuid group, ObjectGuid member) {
        byGroup.getOrDefault(group, new HashMap<>()).remove(member);
    }

    /** Ends whatever is known of a group's members, before they are read anew. */
    void forget(ObjectGuid group) {
        byGroup.remove(group);
    }

    /** Ends a member of whatever group. */
    void end(ObjectGuid member) {
        byGroup.values().forEach(members -> members.remove(member));
    }

    /** Those of groups that still count. */
    List<ForeignMember> list(GroupGraph groups) {
        List<ForeignMember> all = new ArrayList<>();
        byGroup.forEach((group, members) -> {
            if (groups.knows(group)) {
                members.forEach((guid, dn) -> all.add(new ForeignMember(group, dn)));
            }
        });
        all.sort((a, b) -> a.dn().compareTo(b.dn()));
        return all;
    }
}
