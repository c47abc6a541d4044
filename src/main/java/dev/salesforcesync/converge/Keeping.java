package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.password.KeptPassword;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.password.Sealer;
import java.util.Optional;

/** Keeps the newest change of a person, whoever else keeps one at the same moment. */
final class Keeping {
    private Keeping() {}

    /**
     * Keeps it, unless a newer or the same is or was kept.
     *
     * @param races how often somebody else may be faster
     * @return whether it is kept now; empty when that can't be told
     */
    static Optional<Boolean> keep(PasswordQueue queue, KeptPassword fresh, int races) {
        for (int race = 0; race < races; race++) {
            Result<Optional<KeptPassword>> found = queue.find(fresh.id());
            if (!(found instanceof Result.Ok<Optional<KeptPassword>> ok)) {
                return Optional.empty();
            }
            Optional<KeptPassword> before = ok.value();
            if (before.filter(one -> outranks(one, fresh)).isPresent()) {
                return Optional.of(false);
            }
            Result<Boolean> stored = before.isEmpty()
                    ? queue.create(fresh)
                    : queue.replace(inPlaceOf(fresh, before.get())).map(Optional::isPresent);
            if (!(stored instanceof Result.Ok<Boolean> done)) {
                return Optional.empty();
            }
            if (done.value()) {
                return Optional.of(true);
            }
        }
        return Optional.empty();
    }

    /** The same password again says nothing new; only where the directory says that it was set anew it does. */
    private static boolean outranks(KeptPassword before, KeptPassword fresh) {
        return !fresh.isNewerThan(before)
                || (Sealer.same(before.digest(), fresh.digest())
                        && (fresh.changedAt().isEmpty() || fresh.changedAt().equals(before.changedAt())));
    }

    private static KeptPassword inPlaceOf(KeptPassword fresh, KeptPassword before) {
        return new KeptPassword(
                fresh.id(),
                fresh.policy(),
                fresh.person(),
                fresh.receivedAt(),
                fresh.changedAt(),
                fresh.sequence(),
                fresh.agent(),
                Optional.empty(),
                fresh.digest(),
                fresh.sealed(),
                fresh.settled(),
                before.version());
    }
}
