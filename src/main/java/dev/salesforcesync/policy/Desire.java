package dev.salesforcesync.policy;

import dev.salesforcesync.model.ObjectGuid;

/** What the rules want for one person. */
public sealed interface Desire {
    ObjectGuid person();

    /** He is meant, and this is what his user should look like while he is neither disabled nor expired. */
    record Wanted(ObjectGuid person, DesiredUser user) implements Desire {}

    /**
     * He is not meant.
     *
     * @param reason a sentence, such as {@code in none of the groups}
     */
    record OutOfScope(ObjectGuid person, String reason) implements Desire {}

    /**
     * The rules cannot say. Nothing is written for this person, nothing is taken from him on that ground, and he counts
     * as meant.
     *
     * @param code a stable CamelCase word, such as {@code ValueTooLong}
     * @param field the User field concerned, or {@code scope.where}
     * @param message what to do, without any value of the person
     */
    record Problem(ObjectGuid person, String code, String field, String message) implements Desire {}
}
