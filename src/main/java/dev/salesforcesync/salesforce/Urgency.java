package dev.salesforcesync.salesforce;

/**
 * What a call is for, the most urgent first. Where calls wait for a place, this is their order; where the daily budget
 * ends, each kind of work ends before those that are more urgent.
 */
public enum Urgency {
    /** Takes access away, or reads what must be known for that. */
    LEAVER(0),
    /** Carries a password on, for which somebody waits. */
    PASSWORD(10),
    /** Reads a few rows, so that something can be decided: whoever changed may have left. */
    LOOKUP(11),
    /** Lets somebody in who is new. */
    JOINER(12),
    /** Brings what exists up to date. */
    CHANGE(15),
    /** Reads everything, to find what nobody told of. */
    COMPARISON(20);

    private final int keptPercent;

    Urgency(int keptPercent) {
        this.keptPercent = keptPercent;
    }

    /** How much of our share of the daily calls is kept from such calls for more urgent ones, in percent. */
    int keptPercent() {
        return keptPercent;
    }
}
