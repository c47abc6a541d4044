/**
 * The audit trail of what was changed and why, for people to search. Imports {@code model} and Jackson. Never
 * writes names, passwords or session ids.
 */
@NullMarked
package dev.salesforcesync.report;

import org.jspecify.annotations.NullMarked;
