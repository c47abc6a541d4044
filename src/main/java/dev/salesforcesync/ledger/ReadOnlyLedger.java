package dev.salesforcesync.ledger;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.util.List;
import java.util.Optional;

/** What was remembered of an org at one moment. It takes in nothing: to have something recorded is refused. */
final class ReadOnlyLedger extends RememberingLedger {
    private volatile Optional<String> lostEpoch;

    ReadOnlyLedger(Memories memories, Optional<String> lostEpoch) {
        super(memories);
        this.lostEpoch = lostEpoch;
    }

    @Override
    public Result<Integer> record(List<LedgerChange> changes) {
        return changes.isEmpty()
                ? Result.ok(0)
                : Result.failed(
                        new Failure.Waiting("WritesStopped", "This process only reads; nothing is written down."));
    }

    /** Only here, so that the plan is the one that will be made when the loss is accepted in earnest. */
    @Override
    public Result<Boolean> acceptLoss(String epoch) {
        boolean accepted = lostEpoch.filter(epoch::equals).isPresent();
        if (accepted) {
            lostEpoch = Optional.empty();
        }
        return Result.ok(accepted);
    }

    @Override
    public Optional<String> lostEpoch() {
        return lostEpoch;
    }
}
