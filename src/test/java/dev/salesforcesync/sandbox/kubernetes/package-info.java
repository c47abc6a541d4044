/**
 * A Kubernetes API server good enough for kubectl and the operator: the Fabric8 CRUD mock behind a dispatcher
 * that adds discovery, tables, schema checks and defaults.
 */
@NullMarked
package dev.salesforcesync.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
