package dev.salesforcesync.sandbox.salesforce.org;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills a new org: licences, profiles with their own permission sets, roles, the first two users. */
final class Seeds {
    private final Store store;
    private final OrgSettings settings;
    private final Instant now;

    Seeds(Store store, OrgSettings settings, Instant now) {
        this.store = store;
        this.settings = settings;
        this.now = now;
    }

    void plant() {
        plantOrganization();
        var licences = new HashMap<String, String>();
        for (OrgSettings.Licence licence : settings.licences()) {
            licences.put(
                    licence.name(),
                    insert(
                                    "UserLicense",
                                    Map.of(
                                            "Name",
                                            licence.name(),
                                            "MasterLabel",
                                            licence.name(),
                                            "LicenseDefinitionKey",
                                            "SFDC_" + licence.name().replace(' ', '_'),
                                            "Status",
                                            "Active",
                                            "TotalLicenses",
                                            licence.total(),
                                            "UsedLicenses",
                                            0,
                                            "UsedLicensesLastUpdated",
                                            now))
                            .id());
        }
        settings.profiles().forEach(profile -> plantProfile(profile, licences));
        settings.roles()
                .forEach(role -> insert(
                        "UserRole", Map.of("Name", role, "DeveloperName", role.replaceAll("[^A-Za-z0-9]+", "_"))));
        settings.permissionSetLicences()
                .forEach(licence -> licences.put(licence.name(), plantPermissionSetLicence(licence)));
        settings.permissionSets().forEach(set -> plantPermissionSet(set, licences));
        settings.permissionSetGroups().forEach(this::plantPermissionSetGroup);
        settings.groups().forEach(this::plantGroup);
    }

    private String plantPermissionSetLicence(OrgSettings.Licence licence) {
        return insert(
                        "PermissionSetLicense",
                        Map.of(
                                "DeveloperName", licence.name(),
                                "MasterLabel", licence.name(),
                                "TotalLicenses", licence.total(),
                                "UsedLicenses", 0,
                                "Status", "Active"))
                .id();
    }

    /** A group has a permission set of its own that stands for all sets in it. */
    private void plantPermissionSetGroup(OrgSettings.PermissionSetGroupSeed seed) {
        Row group = insert(
                "PermissionSetGroup",
                Map.of("DeveloperName", seed.name(), "MasterLabel", seed.name(), "Status", "Updated"));
        insert(
                "PermissionSet",
                Map.of(
                        "Name",
                        "X" + group.id().substring(0, 15),
                        "Label",
                        seed.name(),
                        "Type",
                        "Group",
                        "PermissionSetGroupId",
                        group.id(),
                        "IsOwnedByProfile",
                        false));
        Table sets = store.table("PermissionSet");
        for (String name : seed.permissionSets()) {
            Row set = sets.seek(sets.type().at("Name"), name).stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such permission set: " + name));
            insert(
                    "PermissionSetGroupComponent",
                    Map.of("PermissionSetGroupId", group.id(), "PermissionSetId", set.id()));
        }
    }

    private void plantGroup(OrgSettings.GroupSeed seed) {
        insert(
                "Group",
                Map.of(
                        "Name", seed.name(),
                        "DeveloperName", seed.name().replaceAll("[^A-Za-z0-9]+", "_"),
                        "Type", seed.type()));
    }

    /** The administrator, then the integration user; both pass the same rules as everybody. */
    void plantUsers(UserRules rules) {
        plantUser(rules, settings.adminUsername(), "Admin", "admin", "System Administrator");
        plantUser(rules, settings.runAsUsername(), "Integration", "integ", OrgSettings.INTEGRATION_PROFILE);
    }

    private void plantOrganization() {
        Draft draft = draft(
                "Organization",
                Map.of(
                        "Name", settings.name(),
                        "OrganizationType", settings.edition(),
                        "IsSandbox", settings.sandbox(),
                        "InstanceName", settings.instance(),
                        "LanguageLocaleKey", "en_US",
                        "TimeZoneSidKey", "Europe/Berlin"));
        draft.set("Id", settings.id());
        List.of("CreatedDate", "LastModifiedDate", "SystemModstamp").forEach(stamp -> draft.set(stamp, now));
        store.table("Organization").put(draft.row());
    }

    private void plantProfile(OrgSettings.ProfileSeed profile, Map<String, String> licences) {
        String licenceId = Optional.ofNullable(licences.get(profile.licence()))
                .orElseThrow(() -> new IllegalArgumentException("no such licence: " + profile.licence()));
        boolean external = settings.licences().stream()
                .anyMatch(licence -> licence.external() && licence.name().equals(profile.licence()));
        Map<String, Boolean> permissions = Map.of(
                "PermissionsModifyAllData", profile.privileged(),
                "PermissionsViewAllData", profile.managesUsers(),
                "PermissionsManageUsers", profile.managesUsers());
        var values = new LinkedHashMap<String, @Nullable Object>(permissions);
        values.put("Name", profile.name());
        values.put("UserLicenseId", licenceId);
        values.put("UserType", external ? "CspLitePortal" : "Standard");
        values.put("PermissionsApiEnabled", true);
        Row row = insert("Profile", values);
        var own = new LinkedHashMap<String, @Nullable Object>(permissions);
        own.put("Name", "X" + row.id().substring(0, 15));
        own.put("Label", row.id());
        own.put("ProfileId", row.id());
        own.put("LicenseId", licenceId);
        own.put("IsOwnedByProfile", true);
        own.put("Type", "Profile");
        own.put("IsCustom", false);
        insert("PermissionSet", own);
    }

    private void plantPermissionSet(OrgSettings.PermissionSetSeed set, Map<String, String> licences) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("Name", set.name());
        values.put("Label", set.label());
        values.put("LicenseId", set.licence().map(licences::get).orElse(null));
        values.put("IsOwnedByProfile", false);
        values.put("Type", "Regular");
        values.put("IsCustom", true);
        values.put("PermissionsModifyAllData", set.privileged());
        values.put("PermissionsViewAllData", set.privileged());
        values.put("PermissionsManageUsers", set.privileged());
        values.put("PermissionsIsSsoEnabled", set.singleSignOn());
        insert("PermissionSet", values);
    }

    private void plantUser(UserRules rules, String username, String lastName, String alias, String profile) {
        Table profiles = store.table("Profile");
        List<Row> found = profiles.seek(profiles.type().at("Name"), profile);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no such profile: " + profile);
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("Username", username);
        values.put("Email", username);
        values.put("LastName", lastName);
        values.put("Alias", alias);
        values.put("CommunityNickname", alias);
        values.put("TimeZoneSidKey", "Europe/Berlin");
        values.put("LocaleSidKey", "en_US");
        values.put("EmailEncodingKey", "UTF-8");
        values.put("LanguageLocaleKey", "en_US");
        values.put("ProfileId", found.get(0).id());
        values.put("IsActive", true);
        try {
            rules.create(new Transaction(store, settings.id(), now), draft("User", values));
        } catch (RowRefused e) {
            throw new IllegalStateException(
                    "the org's own user can't be made: " + e.error().code(), e);
        }
    }

    private Row insert(String type, Map<String, ? extends @Nullable Object> values) {
        return new Transaction(store, settings.id(), now).insert(draft(type, values));
    }

    private Draft draft(String type, Map<String, ? extends @Nullable Object> values) {
        Draft draft = Draft.empty(store.schema().get(type));
        for (Field field : draft.type().fields()) {
            field.defaultValue().ifPresent(value -> draft.set(field.name(), value));
        }
        values.forEach(draft::set);
        return draft;
    }
}
