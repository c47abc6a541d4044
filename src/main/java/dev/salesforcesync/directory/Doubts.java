package dev.salesforcesync.directory;

import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.Completeness.Unproven;
import java.util.Optional;

/** Why a read may have missed something; the first doubt is the one that is named. */
final class Doubts {
    private Optional<Unproven> first = Optional.empty();

    void add(Unproven doubt) {
        if (first.isEmpty()) {
            first = Optional.of(doubt);
        }
    }

    void add(String reason, String message) {
        add(new Unproven(reason, message));
    }

    void add(Doubts others) {
        others.first.ifPresent(this::add);
    }

    Doubts copy() {
        Doubts copy = new Doubts();
        copy.first = first;
        return copy;
    }

    boolean isEmpty() {
        return first.isEmpty();
    }

    /** The proof, unless there is a doubt. */
    Completeness orProof(String evidence) {
        return first.isPresent() ? first.get() : new Completeness.Proven(evidence);
    }
}
