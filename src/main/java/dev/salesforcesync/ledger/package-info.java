/**
 * Remembers what must survive a restart and can't be read back from either side: links, who was deactivated by
 * us and why, held plans, intents, sealed passwords. Kept in sharded ConfigMaps (sealed passwords: Secrets) of the
 * operator's namespace, keyed by Salesforce
 * org, owned by no custom resource. Imports {@code model}, {@code failure}, {@code telemetry}, the types of {@code password} and the Fabric8
 * client.
 */
@NullMarked
package dev.salesforcesync.ledger;

import org.jspecify.annotations.NullMarked;
