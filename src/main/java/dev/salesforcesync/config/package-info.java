/**
 * The operator's own configuration: environment variables become one immutable record, checked at start.
 */
@NullMarked
package dev.salesforcesync.config;

import org.jspecify.annotations.NullMarked;
