/**
 * Takes in password changes, seals them, and hands each to Salesforce exactly as often as is safe. Imports
 * {@code model}, {@code failure} and {@code telemetry}.
 */
@NullMarked
package dev.salesforcesync.password;

import org.jspecify.annotations.NullMarked;
