/**
 * The whole operator against embedded parts: what people write into YAML, what happens in the directory and in the org,
 * and what they are told.
 */
@NullMarked
package dev.salesforcesync.usecase;

import org.jspecify.annotations.NullMarked;
