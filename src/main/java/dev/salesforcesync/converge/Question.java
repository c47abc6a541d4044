package dev.salesforcesync.converge;

/**
 * Something that somebody wants to know of a policy.
 *
 * @param asked the person asked for, or any word that is new whenever somebody asks
 */
public record Question(Kind kind, String asked) {
    /** What is asked. */
    public enum Kind {
        /** Why one person gets what he gets. */
        EXPLAIN,
        /** Everything the policy would do, and how people and users found each other. */
        PLAN
    }

    /** Never shows who was asked for, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Question[" + kind + "]";
    }
}
