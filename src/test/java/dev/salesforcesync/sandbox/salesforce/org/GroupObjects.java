package dev.salesforcesync.sandbox.salesforce.org;

import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.CREATEABLE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.DEFAULTED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.INDEXED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.REQUIRED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.flag;
import static dev.salesforcesync.sandbox.salesforce.org.Field.picklist;
import static dev.salesforcesync.sandbox.salesforce.org.Field.reference;
import static dev.salesforcesync.sandbox.salesforce.org.Field.text;

import java.util.List;
import java.util.Set;

/** Public groups, queues and their members (Object Reference, Group and GroupMember). */
final class GroupObjects {
    private GroupObjects() {}

    static List<ObjectType> all() {
        return List.of(
                new ObjectType(
                        "Group",
                        "Group",
                        "00G",
                        Set.of(ObjectType.Call.values()),
                        Schema.audited(List.of(
                                Schema.id(),
                                text("Name", "Name", 40).writable().with(REQUIRED),
                                text("DeveloperName", "Developer Name", 80)
                                        .writable()
                                        .with(DEFAULTED, INDEXED),
                                picklist(
                                                "Type",
                                                "Type",
                                                List.of(
                                                        "Regular",
                                                        "Queue",
                                                        "Role",
                                                        "RoleAndSubordinates",
                                                        "RoleAndSubordinatesInternal",
                                                        "Organization",
                                                        "Manager",
                                                        "Territory"))
                                        .with(CREATEABLE, DEFAULTED)
                                        .byDefault("Regular"),
                                Field.of("Email", "Email", FieldKind.EMAIL, 255).writable(),
                                reference("RelatedId", "Related ID", "UserRole", "Related")
                                        .orTo("User"),
                                reference("OwnerId", "Owner ID", "User", "Owner")
                                        .orTo("Organization"),
                                flag("DoesSendEmailToMembers", "Send Email to Members")
                                        .writable(),
                                flag("DoesIncludeBosses", "Include Bosses")
                                        .writable()
                                        .byDefault(true)))),
                new ObjectType(
                        "GroupMember",
                        "Group Member",
                        "011",
                        Set.of(ObjectType.Call.CREATE, ObjectType.Call.DELETE),
                        List.of(
                                Schema.id(),
                                reference("GroupId", "Group ID", "Group", "Group")
                                        .with(CREATEABLE, REQUIRED, INDEXED),
                                reference("UserOrGroupId", "User/Group ID", "User", "UserOrGroup")
                                        .orTo("Group")
                                        .with(CREATEABLE, REQUIRED, INDEXED),
                                Field.moment("SystemModstamp", "System Modstamp"))));
    }
}
