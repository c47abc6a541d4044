package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.password.KeptPassword;
import dev.salesforcesync.password.PasswordChange;
import dev.salesforcesync.password.PasswordDesk;
import dev.salesforcesync.password.PasswordQueue;
import dev.salesforcesync.password.Receipt;
import dev.salesforcesync.password.Sealer;
import dev.salesforcesync.password.TargetId;
import dev.salesforcesync.telemetry.PasswordTelemetry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk of one replica: sees by its own read of the person whether he is meant, keeps nothing of anybody else, and
 * seals and stores the change before it says so. While the directory can't be asked, the change is kept sealed until it
 * can be decided.
 */
public final class PasswordReception implements PasswordDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordReception.class);

    /** User passwords in Salesforce (User, Object Reference: at most 16,000 bytes). */
    static final int LONGEST = 16_000;

    /** What the directory rounds and replicates. */
    private static final Duration SAME_CHANGE = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final int RACES = 8;

    private final PasswordTakers takers;
    private final PasswordQueue queue;
    private final PasswordSeals seals;
    private final PasswordTelemetry telemetry;

    public PasswordReception(
            PasswordTakers takers, PasswordQueue queue, PasswordSeals seals, PasswordTelemetry telemetry) {
        this.takers = takers;
        this.queue = queue;
        this.seals = seals;
        this.telemetry = telemetry;
    }

    @Override
    public Receipt hand(TargetId policy, PasswordChange change) {
        long began = System.nanoTime();
        Receipt receipt;
        try (change) {
            receipt = decide(policy, change);
        } catch (RuntimeException bug) {
            LOG.error("a password for policy {} met a bug", policy, bug);
            receipt = new Receipt.Busy(AGAIN);
        }
        telemetry.takenIn(
                change.agent().name().toLowerCase(Locale.ROOT),
                receipt.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                Duration.ofNanos(System.nanoTime() - began));
        return receipt;
    }

    private Receipt decide(TargetId policy, PasswordChange change) {
        ResourceName name = new ResourceName(policy.namespace(), policy.name());
        Optional<PasswordTakers.Taker> taker = takers.find(name);
        if (taker.isEmpty()) {
            return takers.captures(name) ? new Receipt.Busy(AGAIN) : new Receipt.Refused("PolicyTakesNoPasswords");
        }
        if (change.secret().length == 0 || change.secret().length > LONGEST) {
            return new Receipt.Refused("PasswordLengthImpossible");
        }
        Result<Optional<Person>> meant = taker.get().scope().meant(SealedSecret.name(change.whom()));
        if (meant instanceof Result.Failed<Optional<Person>> failed) {
            LOG.info(
                    "policy {}: a password is kept until the directory answers: {}",
                    policy,
                    failed.failure().reason());
            return taker.get().previewed() ? new Receipt.NotConcerned() : keep(policy, change, Optional.empty());
        }
        Optional<Person> person = ((Result.Ok<Optional<Person>>) meant).value();
        if (person.isEmpty() || taker.get().previewed()) {
            return new Receipt.NotConcerned();
        }
        if (isOutdated(change, person.get())) {
            return new Receipt.Superseded();
        }
        return keep(policy, change, Optional.of(person.get().guid()));
    }

    /** A newer password is in the directory already; its own change comes or came. */
    private static boolean isOutdated(PasswordChange change, Person person) {
        return change.changedAt().isPresent()
                && person.account()
                        .password()
                        .setAt()
                        .filter(set -> set.isAfter(change.changedAt().get().plus(SAME_CHANGE)))
                        .isPresent();
    }

    private Receipt keep(TargetId policy, PasswordChange change, Optional<ObjectGuid> person) {
        Result<Sealer> sealer = seals.now();
        if (!(sealer instanceof Result.Ok<Sealer> ok)) {
            return new Receipt.Busy(AGAIN);
        }
        String id = SealedSecret.id(ok.value(), policy, person, change.whom());
        KeptPassword fresh = new KeptPassword(
                id,
                policy,
                person,
                change.receivedAt(),
                change.changedAt(),
                change.sequence(),
                change.agent(),
                Optional.empty(),
                SealedSecret.digest(ok.value(), id, change.secret()),
                SealedSecret.seal(ok.value(), id, change.secret(), change.whom()),
                Optional.empty(),
                "");
        return Keeping.keep(queue, fresh, RACES)
                .map(stored -> stored ? new Receipt.Stored() : (Receipt) new Receipt.Superseded())
                .orElseGet(() -> new Receipt.Busy(AGAIN));
    }
}
