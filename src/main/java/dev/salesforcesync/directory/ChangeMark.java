package dev.salesforcesync.directory;

/**
 * A position in one domain controller's change counter (MS-ADTS 3.1.1.3.2.18, highestCommittedUSN).
 *
 * @param invocationId which database the counter belongs to; positions of different databases do not compare
 * @param usn the highest committed update sequence number
 */
public record ChangeMark(String invocationId, long usn) {}
