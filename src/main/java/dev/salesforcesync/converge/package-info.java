/**
 * The use cases: read, decide, guard, write, count, record. Engines own their threads; reconcilers only offer
 * them rules and read their snapshots. Imports the pure rooms and the edges' interfaces, no library but the
 * logger.
 */
@NullMarked
package dev.salesforcesync.converge;

import org.jspecify.annotations.NullMarked;
