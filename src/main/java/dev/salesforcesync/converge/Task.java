package dev.salesforcesync.converge;

import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.policy.CompiledPolicy;

/**
 * What a policy's engine works with in one turn.
 *
 * @param order what is carried out
 * @param policy its rules, as they fit the org
 * @param feed the directory as it is followed for these rules
 */
record Task(PolicyOrder order, OrgSession session, CompiledPolicy policy, DirectoryFeed feed) {}
