package dev.salesforcesync.salesforce;

import com.sforce.soap.partner.sobject.SObject;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.salesforce.UserRows.Draft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which object's rows give which right (Object Reference, the objects named here). */
final class EntitlementRows {
    static final String SET = "PermissionSetAssignment";
    static final String LICENSE = "PermissionSetLicenseAssign";
    static final String MEMBER = "GroupMember";

    private EntitlementRows() {}

    static Draft granting(EntitlementKind kind, NewAssignment grant) {
        SObject row = new SObject(object(kind));
        row.setField(
                object(kind).equals(MEMBER) ? "UserOrGroupId" : "AssigneeId",
                grant.user().value());
        row.setField(right(kind), grant.entitlement().value());
        return new Draft.Ready(row);
    }

    static String object(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET, PERMISSION_SET_GROUP -> SET;
            case PERMISSION_SET_LICENSE -> LICENSE;
            case PUBLIC_GROUP, QUEUE -> MEMBER;
        };
    }

    private static String right(EntitlementKind kind) {
        return switch (kind) {
            case PERMISSION_SET -> "PermissionSetId";
            case PERMISSION_SET_GROUP -> "PermissionSetGroupId";
            case PERMISSION_SET_LICENSE -> "PermissionSetLicenseId";
            case PUBLIC_GROUP, QUEUE -> "GroupId";
        };
    }

    /** The values of Group.Type; the others are the org's own groups, for roles and territories. */
    static List<String> groupTypes(Set<EntitlementKind> kinds) {
        return Stream.of(EntitlementKind.PUBLIC_GROUP, EntitlementKind.QUEUE)
                .filter(kinds::contains)
                .map(kind -> kind == EntitlementKind.QUEUE ? "Queue" : "Regular")
                .toList();
    }

    static EntitlementKind groupKind(Map<String, String> row, String type) {
        return Optional.ofNullable(row.get(type)).filter("Queue"::equals).isPresent()
                ? EntitlementKind.QUEUE
                : EntitlementKind.PUBLIC_GROUP;
    }
}
