package dev.salesforcesync.converge;

/**
 * How many people a policy has, by state, before a run's first write.
 *
 * @param meant by the policy
 * @param linked with a user that stands for them
 * @param linkedActive with one that is active
 * @param unmatched meant and without a user
 */
record Census(int meant, int linked, int linkedActive, int unmatched) {
    static final Census NOBODY = new Census(0, 0, 0, 0);

    Census with(Standing one) {
        return plus(one, 1);
    }

    Census without(Standing one) {
        return plus(one, -1);
    }

    private Census plus(Standing one, int count) {
        return new Census(
                meant + (one.meant() ? count : 0),
                linked + (one.linked() ? count : 0),
                linkedActive + (one.active() ? count : 0),
                unmatched + (one.unmatched() ? count : 0));
    }
}
