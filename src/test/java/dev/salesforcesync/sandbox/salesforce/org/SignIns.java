package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Optional;

/** Who may sign in, with which password, and who may change passwords. */
final class SignIns {
    private final Org org;
    private final Passwords passwords = new Passwords();

    SignIns(Org org) {
        this.org = org;
    }

    void setPassword(String actorId, String userId, String password) {
        String id = requirePasswordRights(actorId, userId);
        passwords.set(id, password);
        stampPasswordChange(id);
    }

    String resetPassword(String actorId, String userId) {
        String id = requirePasswordRights(actorId, userId);
        String password = passwords.reset(id);
        stampPasswordChange(id);
        return password;
    }

    Optional<Row> signIn(String username, String password) {
        return org.user(username).filter(user -> passwords.isPasswordOf(user.id(), password) && maySignIn(user.id()));
    }

    boolean isActive(String userId) {
        return org.record("User", userId).filter(user -> user.flag("IsActive")).isPresent();
    }

    boolean maySignIn(String userId) {
        boolean frozen = org.recordsBy("UserLogin", "UserId", userId).stream()
                .anyMatch(login -> login.flag("IsFrozen") || login.flag("IsPasswordLocked"));
        return !frozen && isActive(userId);
    }

    private String requirePasswordRights(String actorId, String userId) {
        String id = SalesforceId.normalize(userId)
                .filter(full -> org.record("User", full).isPresent())
                .orElseThrow(() -> new ApiRefusal(ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id"));
        if (actorId.equals(id)) {
            throw new ApiRefusal(ErrorCode.INSUFFICIENT_ACCESS, "Cannot set password for self");
        }
        return id;
    }

    private void stampPasswordChange(String userId) {
        org.change(store -> {
            Table users = store.table("User");
            users.byId(userId)
                    .ifPresent(user -> users.put(
                            user.with("LastPasswordChangeDate", org.now()).with("SystemModstamp", org.now())));
        });
    }
}
