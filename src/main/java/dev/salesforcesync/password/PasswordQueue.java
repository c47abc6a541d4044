package dev.salesforcesync.password;

import dev.salesforcesync.failure.Result;
import java.util.List;
import java.util.Optional;

/** Where sealed changes are kept, the same for every replica. Safe for use by several threads. */
public interface PasswordQueue extends AutoCloseable {

    /** What is kept under the name now. */
    Result<Optional<KeptPassword>> find(String id);

    /** Keeps something new; false when something of that name is there. Returns when it is durable. */
    Result<Boolean> create(KeptPassword kept);

    /** Keeps it in place of the version it was read in, and answers it as kept; empty when that is not there any more. */
    Result<Optional<KeptPassword>> replace(KeptPassword kept);

    /** Forgets it; false when it is another version by now. */
    Result<Boolean> remove(KeptPassword kept);

    /** All that is kept, as it was last heard of. */
    List<KeptPassword> known();

    /** Begins to listen; whoever is named is told of every change. */
    void listen(Runnable changed);

    @Override
    void close();
}
