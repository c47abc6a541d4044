package dev.salesforcesync.directory;

import dev.salesforcesync.model.ObjectGuid;
import java.util.Set;

/** What a question for changes found. */
public sealed interface FeedUpdate {

    /** Nothing that matters. */
    record Unchanged() implements FeedUpdate {}

    /**
     * The picture is current again.
     *
     * @param people whose entries, memberships or timed states changed, or who came or went
     */
    record Changed(Set<ObjectGuid> people) implements FeedUpdate {
        public Changed {
            people = Set.copyOf(people);
        }
    }

    /**
     * Changes may have been missed; everything must be read again.
     *
     * @param reason a stable CamelCase word, such as {@code PositionRejected} or {@code ServerChanged}
     * @param message a sentence for a log
     */
    record ReadAgain(String reason, String message) implements FeedUpdate {}
}
