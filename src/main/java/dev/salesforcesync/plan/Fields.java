package dev.salesforcesync.plan;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What the fields of User mean for the guard and for comparison. */
final class Fields {
    static final String USERNAME = "Username";
    static final String EMAIL = "Email";
    static final String PROFILE = "ProfileId";
    static final String ROLE = "UserRoleId";
    static final String ACTIVE = "IsActive";

    private Fields() {}

    static Kind kind(String field) {
        return switch (field) {
            case PROFILE -> Kind.REMOVE_ENTITLEMENT;
            case USERNAME, EMAIL -> Kind.CHANGE_USERNAME_OR_EMAIL;
            default -> Kind.UPDATE;
        };
    }

    static Set<Kind> kinds(Collection<String> fields, boolean privileged) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String field : fields) {
            if (!field.equals(ACTIVE)) {
                kinds.add(kind(field));
            }
        }
        if (privileged && fields.contains(PROFILE)) {
            kinds.add(Kind.GRANT_PRIVILEGED);
        }
        return kinds;
    }
}
