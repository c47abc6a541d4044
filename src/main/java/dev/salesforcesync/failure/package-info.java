/**
 * Why something did not happen, whether it is worth trying again, and when. Imports the JDK only: no client, no
 * logger, no clock.
 */
@NullMarked
package dev.salesforcesync.failure;

import org.jspecify.annotations.NullMarked;
