/**
 * The three kinds of the group {@code salesforcesync.dev} as data: spec, status, references. One file for each block of
 * a spec. Imports the Fabric8 model and Jackson annotations, nothing else; {@code crds/} is generated from here.
 *
 * <p>Three habits hold for every record. What a resource leaves out has the default of the schema, filled in by the
 * compact constructor, since not every API server does it; lists and maps are empty, never null. What has no default is
 * nullable, and read through the accessor that starts with {@code find}. And nothing a server may hold fails to be read,
 * because that would stop the informer: unknown fields are ignored, unknown choices are {@code UNRECOGNIZED} until
 * {@link dev.salesforcesync.api.v1alpha1.Unrecognized} finds them. Durations stay text as written; {@link
 * dev.salesforcesync.api.v1alpha1.Durations} reads them.
 */
@NullMarked
package dev.salesforcesync.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
