/**
 * The operator: builds everything from configuration, starts it and stops it. Knows every room; no room knows
 * it.
 */
@NullMarked
package dev.salesforcesync;

import org.jspecify.annotations.NullMarked;
