package dev.salesforcesync.sandbox.salesforce.org;

import java.util.List;
import java.util.Optional;

/** Who may sign in, with which password, and who may change passwords. */
final class SignIns {
    private final Org org;
    private final SignInPolicy policy;
    private final SignInRecords records;
    private final PasswordPolicy passwordPolicy;
    private final Passwords passwords;

    SignIns(Org org, OrgSettings settings) {
        this.org = org;
        this.policy = settings.signIn();
        this.passwordPolicy = settings.passwords();
        this.passwords = new Passwords(settings.clock(), passwordPolicy);
        this.records = new SignInRecords(settings.clock(), policy);
    }

    void setPassword(String actorId, String userId, String password) {
        String id = requirePasswordRights(actorId, userId, passwordPolicy.selfSet());
        Runnable before = passwords.memory(id);
        passwords.set(id, password);
        org.onUndo(before);
        records.resetToken(id);
        stampPasswordChange(id);
    }

    void changeOwnPassword(String userId, String old, String password) {
        if (!passwords.isPasswordOf(userId, old)) {
            throw new ApiRefusal(ErrorCode.INVALID_OLD_PASSWORD, "Invalid old password");
        }
        passwords.set(userId, password);
        records.resetToken(userId);
        stampPasswordChange(userId);
        mail(Mails.Kind.SECURITY_TOKEN, userId);
    }

    boolean isPasswordExpired(String userId) {
        return SalesforceId.normalize(userId).filter(passwords::isExpired).isPresent();
    }

    String securityTokenOf(String userId) {
        return records.tokenOf(userId);
    }

    boolean mayCountSignIn(String userId) {
        return records.countSignIn(userId);
    }

    String resetPassword(String actorId, String userId, boolean mails) {
        String id = requirePasswordRights(actorId, userId, false);
        org.onUndo(passwords.memory(id));
        String password = passwords.reset(id);
        records.resetToken(id);
        stampPasswordChange(id);
        if (mails) {
            mail(Mails.Kind.PASSWORD_RESET, id);
        }
        return password;
    }

    private void mail(Mails.Kind kind, String userId) {
        org.record("User", userId).ifPresent(user -> {
            var mail = new Mails.Mail(org.now(), kind, userId, user.text("Email"));
            org.mails().send(mail);
            org.onUndo(() -> org.mails().takeBack(mail));
        });
    }

    Optional<Row> signIn(String username, String password) {
        return org.user(username).filter(user -> passwords.isPasswordOf(user.id(), password) && maySignIn(user.id()));
    }

    SignInAttempt attempt(String username, String secret) {
        Optional<Row> found = org.user(username);
        if (found.isEmpty()) {
            return new SignInAttempt.Wrong();
        }
        Row user = found.get();
        endLockout(user.id());
        boolean bare = passwords.isPasswordOf(user.id(), secret);
        if (!bare && !endsInToken(user, secret)) {
            if (records.countWrong(user.id())) {
                lockPassword(user.id(), true);
            }
            return new SignInAttempt.Wrong();
        }
        if (!user.flag("IsActive")) {
            return new SignInAttempt.Inactive();
        }
        if (!maySignIn(user.id())) {
            return new SignInAttempt.Wrong();
        }
        if (bare && !policy.trustedNetwork()) {
            return new SignInAttempt.TokenMissing();
        }
        records.forgetWrong(user.id());
        return mayCountSignIn(user.id())
                ? new SignInAttempt.In(user, passwords.isExpired(user.id()))
                : new SignInAttempt.TooOften();
    }

    private boolean endsInToken(Row user, String secret) {
        String token = records.tokenOf(user.id());
        return secret.endsWith(token)
                && passwords.isPasswordOf(user.id(), secret.substring(0, secret.length() - token.length()));
    }

    private void endLockout(String userId) {
        boolean locked =
                org.recordsBy("UserLogin", "UserId", userId).stream().anyMatch(row -> row.flag("IsPasswordLocked"));
        if (locked && records.lockoutIsOver(userId)) {
            lockPassword(userId, false);
            records.forgetWrong(userId);
        } else if (!locked && records.reachedLimit(userId)) {
            // An administrator has set IsPasswordLocked to false.
            records.forgetWrong(userId);
        }
    }

    private void lockPassword(String userId, boolean locked) {
        org.change(store -> {
            Table logins = store.table("UserLogin");
            for (Row row : List.copyOf(logins.seek(logins.type().at("UserId"), userId))) {
                logins.put(row.with("IsPasswordLocked", locked).with("LastModifiedDate", org.now()));
            }
        });
    }

    boolean isActive(String userId) {
        return org.record("User", userId).filter(user -> user.flag("IsActive")).isPresent();
    }

    boolean maySignIn(String userId) {
        boolean frozen = org.recordsBy("UserLogin", "UserId", userId).stream()
                .anyMatch(login -> login.flag("IsFrozen") || login.flag("IsPasswordLocked"));
        return !frozen && isActive(userId);
    }

    private String requirePasswordRights(String actorId, String userId, boolean selfToo) {
        String id = SalesforceId.normalize(userId)
                .filter(full -> org.record("User", full).isPresent())
                .orElseThrow(() -> new ApiRefusal(ErrorCode.INVALID_CROSS_REFERENCE_KEY, "invalid cross reference id"));
        boolean managesUsers = org.record("User", actorId)
                .flatMap(user -> org.record("Profile", user.text("ProfileId")))
                .filter(profile -> profile.flag("PermissionsManageUsers"))
                .isPresent();
        if (!managesUsers) {
            // REST API guide, sObject User Password.
            throw new ApiRefusal(ErrorCode.INSUFFICIENT_ACCESS, "You do not have permission to view this record.");
        }
        if (actorId.equals(id) && !selfToo) {
            throw new ApiRefusal(ErrorCode.INSUFFICIENT_ACCESS, "Cannot set password for self");
        }
        return id;
    }

    private void stampPasswordChange(String userId) {
        org.change(store -> {
            Table users = store.table("User");
            users.byId(userId).ifPresent(user -> {
                users.put(user.with("LastPasswordChangeDate", org.now()).with("SystemModstamp", org.now()));
                org.onUndo(() -> users.put(user));
            });
        });
    }
}
