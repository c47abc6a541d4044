/**
 * The three kinds of the group {@code salesforcesync.dev} as data: spec, status, references, and the reasons
 * that conditions carry. Imports the Fabric8 model and Jackson annotations, nothing else. Compact constructors
 * apply the same defaults as the schema.
 */
@NullMarked
package dev.salesforcesync.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
