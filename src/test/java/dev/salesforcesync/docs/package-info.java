/** Checks that what the long texts say is what the code does. */
@NullMarked
package dev.salesforcesync.docs;

import org.jspecify.annotations.NullMarked;
