package dev.salesforcesync.converge;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What an org holds, as far as a policy asks.
 *
 * @param users every internal user
 * @param assignments the rights they hold directly
 * @param holders those who hold a permission set that protects them
 */
record OrgPicture(Collection<SalesforceUser> users, List<Assignment> assignments, Set<SalesforceId> holders) {}
