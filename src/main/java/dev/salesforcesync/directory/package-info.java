/**
 * Reads Active Directory completely, or says that it was not complete, and follows its changes. The only room
 * that speaks LDAP (UnboundID). Imports {@code model}, {@code failure} and {@code telemetry}.
 */
@NullMarked
package dev.salesforcesync.directory;

import org.jspecify.annotations.NullMarked;
