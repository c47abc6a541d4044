package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.PasswordsSpec.PasswordMode;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.Answer;
import dev.salesforcesync.converge.Engines;
import dev.salesforcesync.converge.PasswordSnapshot;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.converge.PolicySnapshot;
import dev.salesforcesync.converge.Question;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.password.AgentCredentials;
import dev.salesforcesync.telemetry.Telemetry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Hands policies to their engines and writes down what those saw and did. */
@ControllerConfiguration(name = "syncpolicy", generationAwareEventProcessing = false)
public final class SyncPolicyReconciler implements Reconciler<SyncPolicy> {
    /** Engines tell of every change; this is only the net below. */
    private static final Duration NET = Duration.ofMinutes(30);

    private final Engines engines;
    private final PolicyTranslation translation;
    private final AcceptedSpecs acceptedSpecs;
    private final Telemetry telemetry;
    private final Clock clock;
    private final StatusWriter<SyncPolicy, SyncPolicyStatus> statusWriter;
    private final EventRecorder events;
    private final AnswerBoard answers;
    private final LongWork longWork;
    private final boolean takesIn;
    private volatile Function<ResourceName, PasswordSnapshot> passwords = name -> PasswordSnapshot.NOTHING;
    private final EngineEvents<SyncPolicy> engineEvents = new EngineEvents<>("policy-engine");

    public SyncPolicyReconciler(
            Engines engines, OperatorConfig config, Telemetry telemetry, KubernetesClient client, Clock clock) {
        this.engines = engines;
        this.translation = new PolicyTranslation(config);
        this.acceptedSpecs = new AcceptedSpecs(client, config.namespace());
        this.telemetry = telemetry;
        this.clock = clock;
        this.events = new EventRecorder(client, clock);
        this.statusWriter = new StatusWriter<>(
                SyncPolicyStatus::conditions, status -> List.of(status.held(), status.answers()), events, clock);
        this.answers = new AnswerBoard(client, clock);
        this.longWork = new LongWork(events, clock);
        this.takesIn = config.passwords().listens();
    }

    /** Who knows how captured passwords stand. */
    public void tellOfPasswordsBy(Function<ResourceName, PasswordSnapshot> snapshots) {
        passwords = snapshots;
    }

    /** An engine saw or did something new. */
    public void engineChanged(ResourceName name) {
        engineEvents.propagateEvent(new ResourceID(name.name(), name.namespace()));
    }

    @Override
    public List<EventSource<?, SyncPolicy>> prepareEventSources(EventSourceContext<SyncPolicy> context) {
        return List.of(
                engineEvents,
                Watches.referred(Secret.class, SyncPolicy.class, References::secretsOf, context),
                Watches.referred(
                        SalesforceConnection.class,
                        SyncPolicy.class,
                        policy -> Set.of(References.connectionOf(policy)),
                        context));
    }

    @Override
    public UpdateControl<SyncPolicy> reconcile(SyncPolicy policy, Context<SyncPolicy> context) {
        ResourceName name = new ResourceName(
                policy.getMetadata().getNamespace(), policy.getMetadata().getName());
        if (context.isPrimaryResourceDeleted()) {
            engines.withdrawPolicy(name);
            acceptedSpecs.forget(policy);
            telemetry.forget(Series.key(policy));
            statusWriter.forget(policy.getMetadata().getUid());
            longWork.forget(policy.getMetadata().getUid());
            engineEvents.lookAgainAt(policy, context);
            return UpdateControl.noUpdate();
        }
        Optional<SalesforceConnection> connection = context.getSecondaryResource(SalesforceConnection.class);
        SecretLookup secrets = new SecretLookup(context.getSecondaryResources(Secret.class));
        Result<PolicySnapshot> seen = translation
                .translate(policy, connection, secrets)
                .map(order -> engines.offer(
                        name,
                        order,
                        acceptedSpecs.before(policy).flatMap(earlier -> translated(earlier, connection, secrets))));
        if (seen instanceof Result.Ok<PolicySnapshot> ok) {
            acceptedSpecs.keep(policy, ok.value());
            longWork.look(policy, ok.value());
        }
        if (seen instanceof Result.Failed<PolicySnapshot>) {
            engines.withdrawPolicy(name);
        }
        SyncPolicyStatus before = Optional.ofNullable(policy.getStatus()).orElseGet(SyncPolicyStatus::empty);
        List<Answer> news = answersTo(AnswerBoard.open(policy, before), name, seen);
        SyncPolicyStatus next = PolicyStatusReport.describe(
                        before, policy.getSpec(), policy.getMetadata().getGeneration(), seen, clock.instant())
                .withAnswers(answers.update(policy, before, news));
        next = PasswordReport.describe(
                next,
                before.conditions(),
                policy.getSpec(),
                passwords(policy, name, seen, secrets),
                takesIn,
                clock.instant());
        Optional<Duration> later = statusWriter.write(policy, before, next, context);
        if (later.isEmpty()) {
            tell(policy, before, next, news);
            if (PasswordReport.expired(next) > PasswordReport.expired(before)) {
                events.passwordsExpired(policy);
            }
        }
        telemetry.show(Series.key(policy), Series.of(next));
        boolean working = seen instanceof Result.Ok<PolicySnapshot> ok
                && ok.value().progress().isPresent();
        Duration wait = later.orElse(working ? LongWork.SHOWN_AFTER : NET);
        return UpdateControl.<SyncPolicy>noUpdate()
                .rescheduleAfter(answers.untilNext(next.answers())
                        .filter(left -> left.compareTo(wait) < 0)
                        .orElse(wait));
    }

    /** How the policy's passwords stand; what is wrong with its agents' Secrets comes before everything else. */
    private Optional<PasswordSnapshot> passwords(
            SyncPolicy policy, ResourceName name, Result<PolicySnapshot> seen, SecretLookup secrets) {
        if (seen instanceof Result.Failed<PolicySnapshot>) {
            return Optional.empty();
        }
        if (policy.getSpec().passwords().mode() != PasswordMode.CAPTURE) {
            return Optional.of(engines.passwordsFollowed(name));
        }
        PasswordSnapshot snapshot = passwords.apply(name);
        return Optional.of(
                PasswordTranslation.agents(policy.getSpec().passwords(), secrets)
                                instanceof Result.Failed<AgentCredentials> failed
                        ? snapshot.withTrouble(failed.failure())
                        : snapshot);
    }

    /** Says of new answers where they are, or why there are none. */
    private void tell(SyncPolicy policy, SyncPolicyStatus before, SyncPolicyStatus next, List<Answer> news) {
        for (Answer answer : news) {
            Question question = answer.question();
            AnswerBoard.shown(next, question)
                    .filter(shown -> AnswerBoard.shown(before, question).isEmpty())
                    .ifPresent(shown -> events.answered(
                            policy,
                            shown.question(),
                            answer.refusal().isPresent() || shown.configMaps().isEmpty(),
                            AnswerBoard.sentence(shown, answer)));
        }
    }

    private List<Answer> answersTo(Set<Question> open, ResourceName name, Result<PolicySnapshot> seen) {
        return seen instanceof Result.Failed<PolicySnapshot> failed
                ? open.stream()
                        .map(question -> Engines.refusal(question, failed.failure()))
                        .toList()
                : engines.ask(name, open);
    }

    private Optional<PolicyOrder> translated(
            SyncPolicy earlier, Optional<SalesforceConnection> connection, SecretLookup secrets) {
        return translation.translate(earlier, connection, secrets) instanceof Result.Ok<PolicyOrder> ok
                ? Optional.of(ok.value())
                : Optional.empty();
    }
}
