package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.salesforce.OrgNews;
import dev.salesforcesync.salesforce.SalesforceOrg;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one policy asks of an org.
 *
 * @param fields of users
 * @param kinds of rights that the policy manages
 * @param protectedPermissionSets whose holders must be known
 */
record OrgQuestion(
        SalesforceOrg org, Set<String> fields, Set<EntitlementKind> kinds, Set<String> protectedPermissionSets) {
    OrgQuestion {
        fields = Set.copyOf(fields);
        kinds = Set.copyOf(kinds);
        protectedPermissionSets = Set.copyOf(protectedPermissionSets);
    }

    static OrgQuestion of(OrgSession session, CompiledPolicy policy) {
        return new OrgQuestion(
                session.org(),
                policy.fieldsRead(),
                policy.rules().rights().keySet(),
                session.protectedPermissionSets(policy));
    }

    Result<List<SalesforceUser>> users() {
        return org.readUsers(fields);
    }

    Result<List<Assignment>> rights() {
        return kinds.isEmpty() ? Result.ok(List.of()) : org.assignments(kinds);
    }

    Result<List<Assignment>> rightsOf(Collection<SalesforceId> users) {
        return kinds.isEmpty() || users.isEmpty() ? Result.ok(List.of()) : org.assignmentsOf(kinds, users);
    }

    Result<Set<SalesforceId>> holders() {
        return protectedPermissionSets.isEmpty() ? Result.ok(Set.of()) : org.assigneesOf(protectedPermissionSets);
    }

    Result<OrgNews> newsSince(Instant moment) {
        Set<EntitlementKind> followed = EnumSet.noneOf(EntitlementKind.class);
        followed.addAll(kinds);
        if (!protectedPermissionSets.isEmpty()) {
            followed.add(EntitlementKind.PERMISSION_SET);
        }
        return org.newsSince(moment, fields, followed);
    }
}
