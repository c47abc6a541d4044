package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.report.AuditTrail;
import dev.salesforcesync.telemetry.Telemetry;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * All engines of this process. Reconcilers offer orders and read snapshots; neither waits for the outside world.
 */
public final class Engines implements AutoCloseable {
    private final Edges edges;
    private final WriteSwitch writeSwitch;
    private final Telemetry telemetry;
    private final AuditTrail audit = new AuditTrail();
    private final Clock clock;
    private final OrgClaims claims = new OrgClaims();
    private final Ledgers ledgers;
    private final Map<ResourceName, ConnectionEngine> connections = new ConcurrentHashMap<>();
    private final Map<ResourceName, PolicyEngine> policies = new ConcurrentHashMap<>();
    private final PeopleMeant meant = new PeopleMeant(this::reconsider, this::companionsOf);
    private final Map<ResourceName, PasswordTally> passwordTallies = new ConcurrentHashMap<>();
    private final Map<ResourceName, Failure> passwordTroubles = new ConcurrentHashMap<>();
    private volatile BiFunction<ResourceName, ObjectGuid, List<String>> passwordLines = (policy, person) -> List.of();
    private boolean closed;
    private volatile Consumer<ResourceName> connectionChanged = name -> {};
    private volatile Consumer<ResourceName> policyChanged = name -> {};

    public Engines(Edges edges, WriteSwitch writeSwitch, Telemetry telemetry, Clock clock) {
        this.edges = edges;
        this.ledgers = new Ledgers(edges::ledger);
        this.writeSwitch = writeSwitch;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Who is told, from the engines' threads, that a snapshot changed. */
    public void listen(Consumer<ResourceName> toConnections, Consumer<ResourceName> toPolicies) {
        connectionChanged = toConnections;
        policyChanged = toPolicies;
    }

    /**
     * Takes a connection's newest order; answers what its engine saw last.
     *
     * @param refused what the status tells of credentials that were refused to an earlier process
     */
    public synchronized ConnectionSnapshot offer(
            ResourceName name, ConnectionOrder order, Optional<ConnectionSnapshot.Refused> refused) {
        if (closed) {
            return ConnectionSnapshot.EMPTY;
        }
        ConnectionEngine engine = connections.computeIfAbsent(
                name, first -> new ConnectionEngine(name, this, claims, () -> connectionMoved(name), clock));
        engine.offer(order, refused);
        return engine.snapshot();
    }

    /**
     * Takes a policy's newest order; answers what its engine saw last.
     *
     * @param remembered the order that an earlier process accepted last: it goes on while the newest is refused
     */
    public synchronized PolicySnapshot offer(ResourceName name, PolicyOrder order, Optional<PolicyOrder> remembered) {
        if (closed) {
            return PolicySnapshot.EMPTY;
        }
        PolicyEngine engine = policies.computeIfAbsent(
                name, first -> new PolicyEngine(name, this, () -> policyChanged.accept(name), clock));
        engine.offer(order, remembered);
        return engine.snapshot();
    }

    /**
     * Takes everything that people want to know of a policy now, in place of what they wanted before; answers what is
     * known already. Whoever listens is told when there is more.
     */
    public List<Answer> ask(ResourceName policy, Set<Question> questions) {
        PolicyEngine engine = policies.get(policy);
        if (engine == null) {
            return List.of();
        }
        engine.ask(questions);
        return engine.answers();
    }

    /** What there is to say while a policy is not carried out. */
    public static Answer refusal(Question question, Failure why) {
        return Inquiry.refusal(question, why);
    }

    /** A connection can't be understood; its policies wait, and its org stays its own. Returns at once. */
    public void withdrawConnection(ResourceName name) {
        Optional.ofNullable(connections.get(name)).ifPresent(engine -> engine.withdraw(false));
        wakePoliciesOn(name);
    }

    /** A connection is deleted; its policies wait, and its org is free for another. Returns at once. */
    public synchronized void forgetConnection(ResourceName name) {
        ConnectionEngine engine = connections.get(name);
        if (engine == null) {
            freeOrgOf(name);
        } else {
            engine.withdraw(true);
        }
        wakePoliciesOn(name);
    }

    private void freeOrgOf(ResourceName connection) {
        claims.release(connection);
        connections.values().forEach(ConnectionEngine::wake);
    }

    /** A policy is gone or can't be understood; people are left as they are. Returns at once. */
    public void withdrawPolicy(ResourceName name) {
        Optional.ofNullable(policies.get(name)).ifPresent(PolicyEngine::withdraw);
    }

    /**
     * Called by a withdrawn engine between its turns, so that an engine offered meanwhile never works beside the old
     * one.
     *
     * @return whether it really ends; false when it was given an order again
     */
    synchronized boolean retire(ResourceName name, PolicyEngine engine) {
        boolean ends = engine.order().isEmpty() && policies.remove(name, engine);
        if (ends) {
            meant.forget(name);
        }
        return ends;
    }

    /** Like its namesake. */
    synchronized boolean retire(ResourceName name, ConnectionEngine engine) {
        boolean ends = engine.order().isEmpty() && connections.remove(name, engine);
        if (ends && engine.isDeleted()) {
            freeOrgOf(name);
        }
        return ends;
    }

    private void connectionMoved(ResourceName name) {
        connectionChanged.accept(name);
        wakePoliciesOn(name);
    }

    private void wakePoliciesOn(ResourceName connection) {
        policies.values().stream()
                .filter(engine -> engine.order()
                        .filter(order -> order.connection().equals(connection))
                        .isPresent())
                .forEach(PolicyEngine::wake);
    }

    Optional<OrgSession> session(ResourceName connection) {
        return Optional.ofNullable(connections.get(connection)).flatMap(ConnectionEngine::session);
    }

    void distrustLedger(SalesforceId org, ResourceName connection) {
        ledgers.distrust(org);
        Optional.ofNullable(connections.get(connection)).ifPresent(ConnectionEngine::distrustLedger);
    }

    Map<String, Integer> prioritiesOn(ResourceName connection) {
        Map<String, Integer> priorities = new HashMap<>();
        policies.forEach((name, engine) -> engine.order()
                .filter(order -> order.connection().equals(connection))
                .ifPresent(
                        order -> priorities.put(name.toString(), order.rules().priority())));
        return priorities;
    }

    /** The other living policies on the same connection. */
    private Set<ResourceName> companionsOf(ResourceName policy) {
        Optional<ResourceName> connection = Optional.ofNullable(policies.get(policy))
                .flatMap(PolicyEngine::order)
                .map(PolicyOrder::connection);
        Set<ResourceName> companions = new HashSet<>();
        policies.forEach((name, engine) -> engine.order()
                .filter(order -> !name.equals(policy)
                        && connection.filter(order.connection()::equals).isPresent())
                .ifPresent(order -> companions.add(name)));
        return companions;
    }

    private void reconsider(ResourceName policy) {
        Optional.ofNullable(policies.get(policy)).ifPresent(PolicyEngine::reconsider);
    }

    /** What was done with a policy's passwords, whoever did it. */
    PasswordTally passwordTally(ResourceName policy) {
        return passwordTallies.computeIfAbsent(policy, first -> new PasswordTally());
    }

    /** What keeps a policy's reset mails and unlockings, after its last turn. */
    void passwordsFollowed(ResourceName policy, Optional<Failure> trouble) {
        trouble.ifPresentOrElse(why -> passwordTroubles.put(policy, why), () -> passwordTroubles.remove(policy));
    }

    /** How reset mails and unlockings of a policy stand. */
    public PasswordSnapshot passwordsFollowed(ResourceName policy) {
        return PasswordsFollowed.snapshot(passwordTally(policy), Optional.ofNullable(passwordTroubles.get(policy)));
    }

    /** Who tells of one person's password. */
    public void explainPasswordsBy(BiFunction<ResourceName, ObjectGuid, List<String>> lines) {
        passwordLines = lines;
    }

    List<String> explainPassword(ResourceName policy, ObjectGuid person) {
        return passwordLines.apply(policy, person);
    }

    /** The policy's order as it was offered last. */
    Optional<PolicyOrder> orderOf(ResourceName policy) {
        return Optional.ofNullable(policies.get(policy)).flatMap(PolicyEngine::order);
    }

    PeopleMeant meant() {
        return meant;
    }

    Ledgers ledgers() {
        return ledgers;
    }

    Edges edges() {
        return edges;
    }

    WriteSwitch writeSwitch() {
        return writeSwitch;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    AuditTrail audit() {
        return audit;
    }

    /** Nothing is begun any more, and what is under way comes to its next pause. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        policies.values().forEach(PolicyEngine::beginStop);
        policies.values().forEach(PolicyEngine::close);
        connections.values().forEach(ConnectionEngine::close);
        policies.clear();
        connections.clear();
    }
}
