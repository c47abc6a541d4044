/**
 * The whole operator over many convergences: random edits on both sides, faults by chance, and judges that share
 * nothing with it.
 */
@NullMarked
package dev.salesforcesync.soak;

import org.jspecify.annotations.NullMarked;
