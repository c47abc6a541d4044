package dev.salesforcesync.policy;

/**
 * Why rules cannot be accepted.
 *
 * @param path where, as people wrote it, such as {@code spec.attributes[2].expression}
 * @param message what is wrong and what to do
 */
public record RuleProblem(String path, String message) implements Comparable<RuleProblem> {
    @Override
    public int compareTo(RuleProblem other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : message.compareTo(other.message);
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}
