/**
 * Turns outcomes into conditions and status fields by the rules of kstatus. Imports {@code api}, {@code model},
 * {@code failure} and the Fabric8 model: no client, no logger, no clock.
 */
@NullMarked
package dev.salesforcesync.status;

import org.jspecify.annotations.NullMarked;
