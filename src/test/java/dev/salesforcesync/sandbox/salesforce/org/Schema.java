package dev.salesforcesync.sandbox.salesforce.org;

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
    private final Map<String, ObjectType> byPrefix = new HashMap<>();

    /** The standard objects, User and Contact with these fields more. */
    Schema(List<Field> customUserFields, List<Field> customContactFields) {
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
                audited(List.of(
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
                audited(List.of(
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
                audited(List.of(
                        id(),
                        text("Name", "Name", 80).writable().with(REQUIRED),
                        reference("ParentRoleId", "Parent Role ID", "UserRole", "ParentRole")
                                .writable(),
                        text("RollupDescription", "Description", 80).writable(),
                        text("DeveloperName", "Developer Name", 80).writable().with(DEFAULTED, SILENTLY_UNIQUE))));
        PermissionObjects.all().forEach(this::add);
        GroupObjects.all().forEach(this::add);
        BusinessObjects.all(customContactFields).forEach(this::add);
        add(
                "Organization",
                "Organization",
                "00D",
                Set.of(),
                audited(List.of(
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
        add(new ObjectType(name, label, prefix, calls, fields));
    }

    private void add(ObjectType type) {
        byName.put(type.name().toLowerCase(Locale.ROOT), type);
        exactly.put(type.name(), type);
        byPrefix.put(type.keyPrefix(), type);
    }

    /** The object whose ids start like this one. */
    Optional<ObjectType> ofId(String id) {
        return Optional.ofNullable(byPrefix.get(id.substring(0, 3)));
    }

    /** Whether rows of this object may not share a call with those of business objects. */
    static boolean isSetup(ObjectType type) {
        return !BusinessObjects.NAMES.contains(type.name());
    }

    static Field id() {
        return Field.of("Id", "Record ID", FieldKind.ID, 18);
    }

    /** These fields and after them those of the server's own stamps. */
    static List<Field> audited(List<Field> first) {
        var all = new ArrayList<>(first);
        all.addAll(UserFields.system());
        return all;
    }
}
