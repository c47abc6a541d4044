/** The table of rooms and arrows, held by the build. */
@NullMarked
package dev.salesforcesync.architecture;

import org.jspecify.annotations.NullMarked;
