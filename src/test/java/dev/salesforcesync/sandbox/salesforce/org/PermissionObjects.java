package dev.salesforcesync.sandbox.salesforce.org;

import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.CREATEABLE;
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

import java.util.List;
import java.util.Set;

/** Permission sets, their groups and licences, and what gives them to users (Object Reference). */
final class PermissionObjects {
    private static final List<String> LICENCE_STATES = List.of("Active", "Disabled");

    private PermissionObjects() {}

    static List<ObjectType> all() {
        return List.of(sets(), groups(), components(), assignments(), licences(), licenceAssignments());
    }

    private static ObjectType sets() {
        return new ObjectType(
                "PermissionSet",
                "Permission Set",
                "0PS",
                Set.of(),
                Schema.audited(List.of(
                        Schema.id(),
                        text("Name", "Permission Set Name", 80).with(INDEXED),
                        text("Label", "Permission Set Label", 80),
                        text("NamespacePrefix", "Namespace Prefix", 15),
                        // A user licence or a permission set licence; the path License reaches the first only.
                        reference("LicenseId", "License ID", "UserLicense", "License")
                                .orTo("PermissionSetLicense"),
                        reference("ProfileId", "Profile ID", "Profile", "Profile")
                                .with(INDEXED),
                        flag("IsOwnedByProfile", "Is Owned By Profile"),
                        flag("IsCustom", "Custom"),
                        picklist("Type", "Type", List.of("Regular", "Standard", "Session", "Profile", "Group")),
                        reference(
                                        "PermissionSetGroupId",
                                        "Permission Set Group ID",
                                        "PermissionSetGroup",
                                        "PermissionSetGroup")
                                .with(INDEXED),
                        flag("PermissionsModifyAllData", "Modify All Data"),
                        flag("PermissionsViewAllData", "View All Data"),
                        flag("PermissionsManageUsers", "Manage Users"),
                        flag("PermissionsIsSsoEnabled", "Is Single Sign-On Enabled"),
                        text("Description", "Description", 255))));
    }

    private static ObjectType groups() {
        return new ObjectType(
                "PermissionSetGroup",
                "Permission Set Group",
                "0PG",
                Set.of(),
                Schema.audited(List.of(
                        Schema.id(),
                        text("DeveloperName", "API Name", 80).with(INDEXED),
                        text("MasterLabel", "Label", 80),
                        text("NamespacePrefix", "Namespace Prefix", 15),
                        text("Description", "Description", 255),
                        picklist("Status", "Status", List.of("Updated", "Outdated", "Updating", "Failed")),
                        flag("HasActivationRequired", "Session Activation Required"))));
    }

    private static ObjectType components() {
        return new ObjectType(
                "PermissionSetGroupComponent",
                "Permission Set Group Component",
                "0PX",
                Set.of(),
                Schema.audited(List.of(
                        Schema.id(),
                        reference(
                                        "PermissionSetGroupId",
                                        "Permission Set Group ID",
                                        "PermissionSetGroup",
                                        "PermissionSetGroup")
                                .with(INDEXED),
                        reference("PermissionSetId", "Permission Set ID", "PermissionSet", "PermissionSet")
                                .with(INDEXED))));
    }

    private static ObjectType assignments() {
        return new ObjectType(
                "PermissionSetAssignment",
                "Permission Set Assignment",
                "0Pa",
                Set.of(ObjectType.Call.CREATE, ObjectType.Call.UPDATE, ObjectType.Call.DELETE),
                List.of(
                        Schema.id(),
                        // Of a group, the server names the set that stands for the group.
                        reference("PermissionSetId", "PermissionSet ID", "PermissionSet", "PermissionSet")
                                .with(CREATEABLE, DEFAULTED),
                        reference(
                                        "PermissionSetGroupId",
                                        "Permission Set Group ID",
                                        "PermissionSetGroup",
                                        "PermissionSetGroup")
                                .with(CREATEABLE),
                        reference("AssigneeId", "Assignee ID", "User", "Assignee")
                                .with(CREATEABLE, REQUIRED, INDEXED),
                        moment("ExpirationDate", "Expiration Date").writable(),
                        flag("IsActive", "Is Active").byDefault(true),
                        flag("IsRevoked", "Is Revoked").with(UPDATEABLE),
                        moment("LastModifiedDate", "Last Modified Date"),
                        reference("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy"),
                        moment("SystemModstamp", "Date Assigned")));
    }

    private static ObjectType licences() {
        return new ObjectType(
                "PermissionSetLicense",
                "Permission Set License",
                "0PL",
                Set.of(),
                Schema.audited(List.of(
                        Schema.id(),
                        text("DeveloperName", "Permission Set License Name", 80).with(SILENTLY_UNIQUE),
                        text("MasterLabel", "Permission Set License Label", 255),
                        number("TotalLicenses", "Total Licenses"),
                        number("UsedLicenses", "Used Licenses"),
                        picklist("Status", "Status", LICENCE_STATES))));
    }

    private static ObjectType licenceAssignments() {
        return new ObjectType(
                "PermissionSetLicenseAssign",
                "Permission Set License Assignment",
                "2LA",
                Set.of(ObjectType.Call.CREATE, ObjectType.Call.DELETE),
                Schema.audited(List.of(
                        Schema.id(),
                        reference(
                                        "PermissionSetLicenseId",
                                        "Permission Set License ID",
                                        "PermissionSetLicense",
                                        "PermissionSetLicense")
                                .with(CREATEABLE, REQUIRED),
                        reference("AssigneeId", "Assignee ID", "User", "Assignee")
                                .with(CREATEABLE, REQUIRED, INDEXED))));
    }
}
