/**
 * A directory that behaves like Active Directory where it matters to the operator: UnboundID's LDAP listener in
 * front of a small in-memory domain with AD's schema, identities, links, limits and error texts. The stock
 * in-memory server is not used: it rescans everything for every page, refuses bit filters and UPN binds, and knows
 * neither back links nor tombstones. Usable alone by other programs.
 */
@NullMarked
package dev.salesforcesync.sandbox.directory;

import org.jspecify.annotations.NullMarked;
