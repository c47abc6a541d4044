package dev.salesforcesync.directory;

/**
 * How much one answer is asked to hold.
 *
 * @param page entries in a page, 1 or more; servers give at most their MaxPageSize, usually 1,000
 * @param range values of a long attribute in an answer; 0 leaves it to the server (MaxValRange, usually 1,500)
 */
record ReadSteps(int page, int range) {
    static final ReadSteps DEFAULT = new ReadSteps(1_000, 0);

    /** The name under which to ask for an attribute's values from a position on. */
    String ranged(String attribute, int from) {
        if (range > 0) {
            return attribute + ";range=" + from + "-" + (from + range - 1);
        }
        return from == 0 ? attribute : attribute + ";range=" + from + "-*";
    }
}
