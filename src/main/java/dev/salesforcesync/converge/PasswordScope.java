package dev.salesforcesync.converge;

import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.PersonName;
import dev.salesforcesync.directory.ReadRequest;
import dev.salesforcesync.directory.SeenPerson;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.PolicyCompilation;
import dev.salesforcesync.policy.PolicyCompiler;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says whether one person is meant by a policy, by a read of him alone that is made now. It needs neither an org nor the
 * leader. Safe for use by several threads.
 */
public final class PasswordScope implements AutoCloseable {
    private final DirectoryReader directory;
    private final CompiledPolicy scope;
    private final ReadRequest request;
    private final Clock clock;

    private PasswordScope(DirectoryReader directory, CompiledPolicy scope, ReadRequest request, Clock clock) {
        this.directory = directory;
        this.scope = scope;
        this.request = request;
        this.clock = clock;
    }

    /**
     * Opens the way to the directory without asking it yet.
     *
     * @return the failure {@code RulesRefused} when the rules of the scope do not hold together
     */
    public static Result<PasswordScope> open(PolicyOrder order, Edges edges, Clock clock) {
        PolicyCompilation compiled = PolicyCompiler.compile(order.rules().scopeAlone());
        if (compiled instanceof PolicyCompilation.Accepted accepted) {
            Set<String> attributes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            attributes.addAll(accepted.policy().attributesRead());
            return Result.ok(new PasswordScope(
                    edges.directory(order.directory()),
                    accepted.policy(),
                    new ReadRequest(order.searches(), accepted.policy().groupsRead(), attributes, 0, List.of()),
                    clock));
        }
        return Result.failed(new Failure.Terminal(
                "RulesRefused", "The rules that say who is meant do not hold together; see the condition Accepted."));
    }

    /**
     * Asks the directory for him.
     *
     * @return empty when he is proven not to be meant; a failure when it cannot be told now
     */
    public Result<Optional<Person>> meant(PersonName name) {
        return directory
                .readOne(request, name)
                .map(seen -> seen.filter(this::isMeant).map(SeenPerson::person));
    }

    /** Whom the rules cannot say anything about counts as meant, as everywhere. */
    private boolean isMeant(SeenPerson seen) {
        return !(scope.desire(seen.person(), seen.groups(), clock.instant()) instanceof Desire.OutOfScope);
    }

    @Override
    public void close() {
        directory.close();
    }
}
