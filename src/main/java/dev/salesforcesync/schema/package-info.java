/**
 * The schema of a custom resource as an API server applies it: what is unknown, defaults, types, bounds, and the CEL
 * rules beside them. Knows no kind of ours. Imports the JDK, Jackson for trees, CEL and RE2.
 */
@NullMarked
package dev.salesforcesync.schema;

import org.jspecify.annotations.NullMarked;
