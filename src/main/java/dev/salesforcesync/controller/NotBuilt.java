package dev.salesforcesync.controller;

import dev.salesforcesync.failure.Failure;
import java.util.List;

/** What this version can't do is refused by name, never half done. */
final class NotBuilt {
    private NotBuilt() {}

    static Failure features(List<String> paths) {
        return new Failure.Terminal(
                "NotImplemented",
                "This version does not act on " + String.join(", ", paths)
                        + "; remove it. Nothing is written as long as it is there.");
    }

    static Failure unknownValues(List<String> paths) {
        return new Failure.Terminal(
                "ValueNotUnderstood",
                "This version does not know the value of " + String.join(", ", paths)
                        + "; it was written for a newer one. Nothing is written as long as it is there.");
    }
}
