package dev.salesforcesync.policy.expression;

/**
 * What {@code ref()} makes of a directory name: not a text, so that it fits no field but one that refers to a user.
 *
 * @param dn as the directory tells it; empty for nobody
 */
record Reference(String dn) {
    /** Never shows the name, so that a person cannot slip into a log. */
    @Override
    public String toString() {
        return "Reference[]";
    }
}
