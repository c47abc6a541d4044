package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Optional;

/** The rules of User: names that exist once, seats, blockers of deactivation, the e-mail address that waits. */
final class UserRules implements ObjectRules {
    private static final String DUPLICATE_USERNAME = "Duplicate Username.<br>The username already exists in this or"
            + " another Salesforce organization. Usernames must be unique across all Salesforce organizations. To"
            + " resolve, use a different username (it doesn't need to match the user's email address). ";
    private static final String DUPLICATE_NICKNAME =
            "Duplicate Nickname.<br>Another user has already selected this" + " nickname.<br>Please select another.";

    private final OrgSettings settings;
    private final Object owner;
    private final PendingEmails pendingEmails;
    private final DeactivationBlockers blockers;
    private final Mails mails;
    private final FeatureSeats featureSeats;

    UserRules(
            OrgSettings settings,
            Object owner,
            PendingEmails pendingEmails,
            DeactivationBlockers blockers,
            Mails mails) {
        this.settings = settings;
        this.owner = owner;
        this.pendingEmails = pendingEmails;
        this.blockers = blockers;
        this.mails = mails;
        this.featureSeats = new FeatureSeats(settings.featureSeats());
    }

    @Override
    public Row create(Transaction transaction, Draft draft) {
        Store store = transaction.store();
        if (draft.text("CommunityNickname").isEmpty()) {
            draft.set(
                    "CommunityNickname",
                    "User" + (transaction.now().toEpochMilli() * 1000 + store.mintedOf(draft.type())));
        }
        requireUsernameForm(draft);
        requireFreeNames(store, draft, Optional.empty());
        claimUsername(transaction, draft.text("Username"));
        if (draft.flag("IsActive")) {
            requireSeat(store, draft.text("ProfileId"));
            transaction.countActive(draft.text("ProfileId"), 1);
        }
        featureSeats.taken(transaction, draft);
        setDerived(store, draft);
        Row user = transaction.insert(draft);
        Draft login = Draft.empty(store.schema().get("UserLogin"));
        login.set("UserId", user.id());
        login.set("IsFrozen", false);
        login.set("IsPasswordLocked", false);
        transaction.insert(login);
        assignProfilePermissions(transaction, user);
        if (transaction.mailsUsers() && user.flag("IsActive")) {
            mail(transaction, Mails.Kind.NEW_USER, user.id(), user.text("Email"));
        }
        return user;
    }

    private void mail(Transaction transaction, Mails.Kind kind, String userId, String address) {
        var mail = new Mails.Mail(transaction.now(), kind, userId, address);
        mails.send(mail);
        transaction.onUndo(() -> mails.takeBack(mail));
    }

    @Override
    public Row update(Transaction transaction, Row before, Draft draft) {
        Store store = transaction.store();
        if (draft.text("CommunityNickname").isEmpty()) {
            draft.set("CommunityNickname", before.text("CommunityNickname"));
        }
        String username = draft.text("Username");
        if (!username.equals(before.text("Username"))) {
            requireUsernameForm(draft);
        }
        requireFreeNames(store, draft, Optional.of(before.id()));
        if (!username.equalsIgnoreCase(before.text("Username"))) {
            claimUsername(transaction, username);
            settings.usernames().release(before.text("Username"), owner);
            transaction.onUndo(() -> settings.usernames().claim(before.text("Username"), owner));
        }
        moveSeat(transaction, before, draft);
        featureSeats.moved(transaction, before, draft);
        holdEmail(transaction, before, draft);
        setDerived(store, draft);
        Row after = transaction.replace(before, draft);
        if (!after.text("ProfileId").equals(before.text("ProfileId"))) {
            dropProfilePermissions(transaction, before);
            assignProfilePermissions(transaction, after);
        }
        return after;
    }

    private void moveSeat(Transaction transaction, Row before, Draft draft) {
        Store store = transaction.store();
        String oldProfile = before.text("ProfileId");
        String newProfile = draft.text("ProfileId");
        boolean wasActive = before.flag("IsActive");
        boolean isActive = draft.flag("IsActive");
        boolean sameProfile = oldProfile.equals(newProfile);
        if (!sameProfile) {
            requireCompatible(store, oldProfile, newProfile);
            LicenceFit.requireKept(store, before, newProfile);
        }
        if (wasActive && !isActive) {
            blockers.of(before.id()).ifPresent(text -> {
                throw new RowRefused(ErrorCode.FIELD_INTEGRITY_EXCEPTION, text, "IsActive");
            });
        }
        if (wasActive) {
            transaction.countActive(oldProfile, -1);
        }
        if (isActive) {
            boolean sameLicence = licenceOf(store, oldProfile).equals(licenceOf(store, newProfile));
            if (!wasActive || !sameLicence) {
                requireSeat(store, newProfile);
            }
            transaction.countActive(newProfile, 1);
        }
        if (wasActive && isAdministrator(store, oldProfile) && store.activeAdministrators() == 0) {
            throw new RowRefused(
                    ErrorCode.CANNOT_DISABLE_LAST_ADMIN,
                    "You cannot disable the last active system administrator",
                    "IsActive");
        }
    }

    /** An address changed for an active user waits for the click in the mail; the call says success all the same. */
    private void holdEmail(Transaction transaction, Row before, Draft draft) {
        String wanted = draft.text("Email");
        if (wanted.equals(before.text("Email"))) {
            return;
        }
        if (settings.emailChangeNeedsVerification() && before.flag("IsActive")) {
            Optional<String> earlier = pendingEmails.of(before.id());
            pendingEmails.put(before.id(), wanted);
            transaction.onUndo(() -> pendingEmails.restore(before.id(), earlier));
            draft.set("Email", before.text("Email"));
            mail(transaction, Mails.Kind.EMAIL_VERIFICATION, before.id(), wanted);
            mail(transaction, Mails.Kind.EMAIL_CHANGE_NOTICE, before.id(), before.text("Email"));
        }
    }

    private static void requireUsernameForm(Draft draft) {
        if (!FieldChecks.isEmail(draft.text("Username"))) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "Username must be in the form of an email address (for example, john@acme.com): Username",
                    "Username");
        }
    }

    private static void requireFreeNames(Store store, Draft draft, Optional<String> self) {
        Table users = store.table(draft.type());
        if (takenByAnother(users, "CommunityNickname", draft, self).isPresent()) {
            throw new RowRefused(ErrorCode.DUPLICATE_COMM_NICKNAME, DUPLICATE_NICKNAME, "CommunityNickname");
        }
        if (takenByAnother(users, "FederationIdentifier", draft, self).isPresent()) {
            // The code is inferred: the source of the text does not show it.
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "This Federation ID is already in use. Use a different Federation ID.: SAML Federation ID",
                    "FederationIdentifier");
        }
    }

    private static Optional<Row> takenByAnother(Table users, String field, Draft draft, Optional<String> self) {
        String value = draft.text(field);
        return value.isEmpty()
                ? Optional.empty()
                : users.holder(field, value)
                        .filter(row -> !Optional.of(row.id()).equals(self));
    }

    private void claimUsername(Transaction transaction, String username) {
        if (!settings.usernames().claim(username, owner)) {
            throw new RowRefused(ErrorCode.DUPLICATE_USERNAME, DUPLICATE_USERNAME, "Username");
        }
        transaction.onUndo(() -> settings.usernames().release(username, owner));
    }

    private static void requireSeat(Store store, String profileId) {
        String licenceId = licenceOf(store, profileId);
        Row licence = store.table("UserLicense").byId(licenceId).orElseThrow();
        if (store.seatsTaken(licenceId) >= licence.number("TotalLicenses")) {
            throw new RowRefused(ErrorCode.LICENSE_LIMIT_EXCEEDED, "License Limit Exceeded", "ProfileId");
        }
    }

    private void requireCompatible(Store store, String oldProfile, String newProfile) {
        if (isExternal(store, oldProfile) != isExternal(store, newProfile)) {
            throw new RowRefused(
                    ErrorCode.FIELD_INTEGRITY_EXCEPTION,
                    "You can only assign profiles that are compatible with the user's license: Profile ID",
                    "ProfileId");
        }
    }

    private boolean isExternal(Store store, String profileId) {
        String name = store.table("UserLicense")
                .byId(licenceOf(store, profileId))
                .orElseThrow()
                .text("Name");
        return settings.licences().stream()
                .anyMatch(l -> l.external() && l.name().equals(name));
    }

    private static boolean isAdministrator(Store store, String profileId) {
        return profile(store, profileId).flag("PermissionsModifyAllData");
    }

    private static String licenceOf(Store store, String profileId) {
        return profile(store, profileId).text("UserLicenseId");
    }

    private static Row profile(Store store, String profileId) {
        return store.table("Profile").byId(profileId).orElseThrow();
    }

    private static void setDerived(Store store, Draft draft) {
        String first = draft.text("FirstName");
        draft.set("Name", first.isEmpty() ? draft.text("LastName") : first + " " + draft.text("LastName"));
        draft.set("UserType", profile(store, draft.text("ProfileId")).text("UserType"));
    }

    /** Every profile owns a permission set, and its users are assigned to that without anybody asking. */
    private static void assignProfilePermissions(Transaction transaction, Row user) {
        Store store = transaction.store();
        profilePermissions(store, user).ifPresent(permissions -> {
            Draft assignment = Draft.empty(store.schema().get("PermissionSetAssignment"));
            assignment.set("PermissionSetId", permissions.id());
            assignment.set("AssigneeId", user.id());
            assignment.set("IsActive", true);
            assignment.set("IsRevoked", false);
            transaction.insert(assignment);
        });
    }

    private static void dropProfilePermissions(Transaction transaction, Row user) {
        Store store = transaction.store();
        Table assignments = store.table("PermissionSetAssignment");
        profilePermissions(store, user).ifPresent(permissions -> {
            for (Row row : assignments.seek(assignments.type().at("AssigneeId"), user.id())) {
                if (row.text("PermissionSetId").equals(permissions.id())) {
                    transaction.remove(row);
                }
            }
        });
    }

    private static Optional<Row> profilePermissions(Store store, Row user) {
        Table sets = store.table("PermissionSet");
        return sets.seek(sets.type().at("ProfileId"), user.text("ProfileId")).stream()
                .findFirst();
    }
}
