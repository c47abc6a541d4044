package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads of some users, at a cost that depends on how many are asked for and not on the size of the org. */
public interface UserLookup {

    /** The users whose {@code keyField} has one of the values. */
    Result<List<SalesforceUser>> readUsersBy(String keyField, Collection<String> values, Set<String> fields);

    /** The users who hold one of the permission sets, by the sets' API names. */
    Result<Set<SalesforceId>> assigneesOf(Set<String> permissionSets);

    /** The sign-in record of each user (UserLogin). */
    Result<Map<SalesforceId, LoginRecord>> loginRecords(Collection<SalesforceId> users);
}
