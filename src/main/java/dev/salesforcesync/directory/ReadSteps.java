package dev.salesforcesync.directory;

/**
 * How much one answer is asked to hold.
 *
 * @param page entries in a page, 1 or more; servers give at most their MaxPageSize, usually 1,000
 * @param range values of a long attribute in an answer; 0 leaves it to the server (MaxValRange, usually 1,500)
 */
record ReadSteps(int page, int range) {
    static final ReadSteps DEFAULT = new ReadSteps(1_000, 0);

    /** The name under which to ask for the first of an attribute's values. */
    String first(String attribute) {
        return range > 0 ? attribute + ";range=0-" + (range - 1) : attribute;
    }

    /**
     * The name under which to ask for more of an attribute's values, the last one read once more before them.
     *
     * @param read how many are read, 1 or more
     */
    String more(String attribute, int read) {
        return attribute + ";range=" + (read - 1) + "-" + (range > 0 ? Integer.toString(read + range - 1) : "*");
    }
}
