/**
 * The guarded expression language of policies. The only room that knows their CEL.
 */
@NullMarked
package dev.salesforcesync.policy.expression;

import org.jspecify.annotations.NullMarked;
