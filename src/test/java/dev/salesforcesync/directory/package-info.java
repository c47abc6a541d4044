/** Tests of the directory room: one contract for every kind of server, and the faults of the sandbox directory. */
@NullMarked
package dev.salesforcesync.directory;

import org.jspecify.annotations.NullMarked;
