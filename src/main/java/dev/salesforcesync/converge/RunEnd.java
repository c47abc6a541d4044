package dev.salesforcesync.converge;

/**
 * What a comparison came to.
 *
 * @param standings how everybody stood when it decided
 */
record RunEnd(RunReport report, Standings standings) {}
