/**
 * Decides what every Salesforce user should look like: rules and a directory picture at an instant become
 * desired users. Imports {@code model} and {@code failure}: no client, no logger, no clock. Expressions are
 * opaque here; only {@code policy.expression} knows CEL.
 */
@NullMarked
package dev.salesforcesync.policy;

import org.jspecify.annotations.NullMarked;
