package dev.salesforcesync.sandbox.salesforce.org;

import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.CREATEABLE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.CUSTOM;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.DEFAULTED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.INDEXED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.REQUIRED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.SILENTLY_UNIQUE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.UPDATEABLE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.flag;
import static dev.salesforcesync.sandbox.salesforce.org.Field.moment;
import static dev.salesforcesync.sandbox.salesforce.org.Field.number;
import static dev.salesforcesync.sandbox.salesforce.org.Field.picklist;
import static dev.salesforcesync.sandbox.salesforce.org.Field.reference;
import static dev.salesforcesync.sandbox.salesforce.org.Field.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects of the org. Key prefixes and supported calls as in a describeGlobal recorded from a real org. */
public final class Schema {
    private final Map<String, ObjectType> byName = new LinkedHashMap<>();
    private final Map<String, ObjectType> exactly = new HashMap<>();

    /** The standard objects, User with these fields more. */
    Schema(List<Field> customUserFields) {
        var userFields = new ArrayList<>(UserFields.standard());
        userFields.addAll(customUserFields);
        add("User", "User", "005", Set.of(ObjectType.Call.CREATE, ObjectType.Call.UPDATE), userFields);
        add(
                "UserLogin",
                "User Login",
                "0Yw",
                Set.of(ObjectType.Call.UPDATE),
                List.of(
                        id(),
                        reference("UserId", "User ID", "User", "User").with(SILENTLY_UNIQUE),
                        flag("IsFrozen", "Frozen").with(UPDATEABLE),
                        flag("IsPasswordLocked", "Locked").with(UPDATEABLE),
                        moment("LastModifiedDate", "Last Modified Date"),
                        reference("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy")));
        add(
                "UserLicense",
                "User License",
                "100",
                Set.of(),
                with(
                        UserFields.system(),
                        List.of(
                                id(),
                                text("LicenseDefinitionKey", "License Def. ID", 40),
                                number("TotalLicenses", "Total Licenses"),
                                picklist("Status", "Status", List.of("Active", "Disabled")),
                                number("UsedLicenses", "Used Licenses"),
                                moment("UsedLicensesLastUpdated", "Used Licenses Last Updated"),
                                text("Name", "Name", 255),
                                text("MasterLabel", "Master Label", 255))));
        add(
                "Profile",
                "Profile",
                "00e",
                Set.of(),
                with(
                        UserFields.system(),
                        List.of(
                                id(),
                                text("Name", "Name", 255).with(INDEXED),
                                flag("PermissionsModifyAllData", "Modify All Data"),
                                flag("PermissionsViewAllData", "View All Data"),
                                flag("PermissionsManageUsers", "Manage Users"),
                                flag("PermissionsApiEnabled", "API Enabled"),
                                reference("UserLicenseId", "User License ID", "UserLicense", "UserLicense"),
                                picklist("UserType", "User Type", Picklists.USER_TYPES),
                                text("Description", "Description", 255))));
        add(
                "UserRole",
                "Role",
                "00E",
                Set.of(ObjectType.Call.values()),
                with(
                        UserFields.system(),
                        List.of(
                                id(),
                                text("Name", "Name", 80).writable().with(REQUIRED),
                                reference("ParentRoleId", "Parent Role ID", "UserRole", "ParentRole")
                                        .writable(),
                                text("RollupDescription", "Description", 80).writable(),
                                text("DeveloperName", "Developer Name", 80)
                                        .writable()
                                        .with(DEFAULTED, SILENTLY_UNIQUE))));
        add(
                "PermissionSet",
                "Permission Set",
                "0PS",
                Set.of(),
                with(
                        UserFields.system(),
                        List.of(
                                id(),
                                text("Name", "Permission Set Name", 80).with(INDEXED),
                                text("Label", "Permission Set Label", 80),
                                reference("LicenseId", "License ID", "UserLicense", "License"),
                                reference("ProfileId", "Profile ID", "Profile", "Profile")
                                        .with(INDEXED),
                                flag("IsOwnedByProfile", "Is Owned By Profile"),
                                flag("IsCustom", "Custom"),
                                flag("PermissionsModifyAllData", "Modify All Data"),
                                flag("PermissionsViewAllData", "View All Data"),
                                flag("PermissionsManageUsers", "Manage Users"),
                                text("Description", "Description", 255))));
        add(
                "PermissionSetAssignment",
                "Permission Set Assignment",
                "0Pa",
                Set.of(ObjectType.Call.CREATE, ObjectType.Call.UPDATE, ObjectType.Call.DELETE),
                List.of(
                        id(),
                        reference("PermissionSetId", "PermissionSet ID", "PermissionSet", "PermissionSet")
                                .with(CREATEABLE, REQUIRED),
                        reference("AssigneeId", "Assignee ID", "User", "Assignee")
                                .with(CREATEABLE, REQUIRED, INDEXED),
                        moment("ExpirationDate", "Expiration Date").writable(),
                        flag("IsActive", "Is Active").byDefault(true),
                        flag("IsRevoked", "Is Revoked").with(UPDATEABLE),
                        moment("LastModifiedDate", "Last Modified Date"),
                        reference("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy"),
                        moment("SystemModstamp", "Date Assigned")));
        add(
                "PermissionSetLicense",
                "Permission Set License",
                "0PL",
                Set.of(),
                with(
                        UserFields.system(),
                        List.of(
                                id(),
                                text("DeveloperName", "Permission Set License Name", 80),
                                text("MasterLabel", "Permission Set License Label", 255),
                                number("TotalLicenses", "Total Licenses"),
                                number("UsedLicenses", "Used Licenses"),
                                picklist("Status", "Status", List.of("Active", "Disabled")))));
        add(
                "Organization",
                "Organization",
                "00D",
                Set.of(),
                with(
                        UserFields.system(),
                        List.of(
                                id(),
                                text("Name", "Name", 80),
                                picklist(
                                        "OrganizationType",
                                        "Edition",
                                        List.of(
                                                "Developer Edition",
                                                "Professional Edition",
                                                "Enterprise Edition",
                                                "Unlimited Edition")),
                                flag("IsSandbox", "Is Sandbox"),
                                text("InstanceName", "Instance Name", 5),
                                picklist("LanguageLocaleKey", "Language", Picklists.LANGUAGES),
                                picklist("TimeZoneSidKey", "Time Zone", Picklists.TIME_ZONES),
                                text("NamespacePrefix", "Namespace Prefix", 15))));
    }

    /** The object of this name, ignoring case. */
    public Optional<ObjectType> find(String name) {
        ObjectType exact = exactly.get(name);
        return Optional.ofNullable(exact == null ? byName.get(name.toLowerCase(Locale.ROOT)) : exact);
    }

    public Collection<ObjectType> types() {
        return List.copyOf(byName.values());
    }

    ObjectType get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(name));
    }

    /** A plain custom text field. */
    static Field customText(String name, int length) {
        return text(name, name.replace("__c", "").replace('_', ' '), length)
                .writable()
                .with(CUSTOM);
    }

    private void add(String name, String label, String prefix, Set<ObjectType.Call> calls, List<Field> fields) {
        var type = new ObjectType(name, label, prefix, calls, fields);
        byName.put(name.toLowerCase(Locale.ROOT), type);
        exactly.put(name, type);
    }

    private static Field id() {
        return Field.of("Id", "Record ID", FieldKind.ID, 18);
    }

    private static List<Field> with(List<Field> last, List<Field> first) {
        var all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }
}
