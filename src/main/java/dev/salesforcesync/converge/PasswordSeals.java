package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.password.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The sealer by the keys as they are, read again every minute: another key counts without a restart. */
public final class PasswordSeals {
    private static final Duration READ_EVERY = Duration.ofMinutes(1);

    private final Supplier<Result<List<byte[]>>> keys;
    private final Clock clock;
    private Optional<Sealer> sealer = Optional.empty();
    private Instant read = Instant.EPOCH;

    /**
     * One that has not read them yet.
     *
     * @param keys reads them, the newest first
     */
    public PasswordSeals(Supplier<Result<List<byte[]>>> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The sealer; while the keys can't be read, the one that was. */
    public synchronized Result<Sealer> now() {
        if (sealer.isPresent() && clock.instant().isBefore(read.plus(READ_EVERY))) {
            return Result.ok(sealer.get());
        }
        Result<Sealer> fresh = keys.get().map(Sealer::new);
        if (fresh instanceof Result.Ok<Sealer> ok) {
            sealer = Optional.of(ok.value());
            read = clock.instant();
        }
        return sealer.isPresent() ? Result.ok(sealer.get()) : fresh;
    }
}
