package dev.salesforcesync.sandbox.directory;

/**
 * The domain controller's query policy (MS-ADTS 3.1.1.3.4.6).
 *
 * @param maxPageSize entries in one answer or page
 * @param maxValRange values of one attribute in one entry
 */
public record DirectoryLimits(int maxPageSize, int maxValRange) {
    /** What a domain has unless somebody changed it. */
    public static final DirectoryLimits DEFAULT = new DirectoryLimits(1_000, 1_500);
}
