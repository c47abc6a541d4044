/**
 * A directory that behaves like Active Directory where it matters to the operator: UnboundID's in-memory server
 * with AD's schema and an interceptor. Usable alone by other programs.
 */
@NullMarked
package dev.salesforcesync.sandbox.directory;

import org.jspecify.annotations.NullMarked;
