package dev.salesforcesync.contract;

/** What trying a fact on an org came to. */
sealed interface Finding {
    /** The org does so. */
    record Holds() implements Finding {}

    /** The org does otherwise, as this test shows. */
    record Fails(String test) implements Finding {}

    /** Nothing is known, for this reason. */
    record Untried(String why) implements Finding {}

    /** What two tests of one fact say together: a failure beats all, what was tried beats what was not. */
    static Finding both(Finding one, Finding other) {
        if (one instanceof Fails) {
            return one;
        }
        return other instanceof Fails || one instanceof Untried ? other : one;
    }
}
