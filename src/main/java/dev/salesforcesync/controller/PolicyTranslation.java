package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.DirectorySpec;
import dev.salesforcesync.api.v1alpha1.Durations;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.api.v1alpha1.Unrecognized;
import dev.salesforcesync.config.HostRule;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.PolicyOrder;
import dev.salesforcesync.converge.PolicyOrder.Times;
import dev.salesforcesync.converge.ResourceName;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.DirectorySettings.Credentials;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a SyncPolicy, its Secrets and its connection's terms into an order for its engine. */
public final class PolicyTranslation {
    static final String RUN_NOW = "salesforcesync.dev/run-now";
    private static final String PEOPLE = "(&(objectCategory=person)(objectClass=user))";

    private final OperatorConfig config;

    public PolicyTranslation(OperatorConfig config) {
        this.config = config;
    }

    /** The order, or the first thing that keeps it from being one. */
    public Result<PolicyOrder> translate(
            SyncPolicy policy, Optional<SalesforceConnection> connection, SecretLookup secrets) {
        return understood(policy.getSpec())
                .flatMap(spec -> terms(spec, connection))
                .flatMap(terms -> order(policy, terms, secrets));
    }

    /** The same for a policy whose connection is not at hand. */
    public Result<PolicyOrder> translate(SyncPolicy policy, ConnectionTerms terms, SecretLookup secrets) {
        return understood(policy.getSpec()).flatMap(spec -> order(policy, terms, secrets));
    }

    private static Result<SyncPolicySpec> understood(SyncPolicySpec spec) {
        List<String> notUnderstood = Unrecognized.in(spec);
        if (!notUnderstood.isEmpty()) {
            return Result.failed(NotBuilt.unknownValues(notUnderstood));
        }
        List<String> notBuilt = notBuilt(spec);
        return notBuilt.isEmpty() ? Result.ok(spec) : Result.failed(NotBuilt.features(notBuilt));
    }

    private static Result<ConnectionTerms> terms(SyncPolicySpec spec, Optional<SalesforceConnection> connection) {
        return connection
                .map(found -> Result.ok(RulesTranslation.terms(found.getSpec())))
                .orElseGet(() -> Result.failed(new Failure.Waiting(
                        "DependencyNotReady",
                        "spec.connectionRef: there is no SalesforceConnection '"
                                + spec.connectionRef().name() + "' in this namespace; create it.")));
    }

    private Result<PolicyOrder> order(SyncPolicy policy, ConnectionTerms terms, SecretLookup secrets) {
        SyncPolicySpec spec = policy.getSpec();
        String namespace = policy.getMetadata().getNamespace();
        ResourceName name = new ResourceName(namespace, policy.getMetadata().getName());
        Result<PolicyRules> rules = new RulesTranslation(name, spec, terms).translate();
        return rules.flatMap(translated -> directory(spec.directory(), secrets)
                .map(directory -> new PolicyOrder(
                        policy.getMetadata().getGeneration(),
                        new ResourceName(namespace, spec.connectionRef().name()),
                        spec.suspend(),
                        translated,
                        directory,
                        searches(spec),
                        spec.safety().minimumUsers(),
                        spec.safety().canaries(),
                        SafetyTranslation.translate(spec),
                        times(spec),
                        spec.directory().findAcceptServerBehind(),
                        Optional.ofNullable(policy.getMetadata().getAnnotations())
                                .map(annotations -> annotations.get(RUN_NOW)),
                        PasswordTranslation.order(spec.passwords()))));
    }

    private static List<String> notBuilt(SyncPolicySpec spec) {
        List<String> paths = new ArrayList<>();
        if (spec.target() != SyncPolicySpec.Target.USER) {
            paths.add("spec.target other than User");
        }
        if (spec.drift() == SyncPolicySpec.Drift.REPORT) {
            paths.add("spec.drift other than Heal");
        }
        return paths;
    }

    private Result<DirectorySettings> directory(DirectorySpec spec, SecretLookup secrets) {
        List<URI> servers = spec.servers().stream().map(URI::create).toList();
        for (URI server : servers) {
            if (!HostRule.anyAllows(config.directoryHosts(), server)) {
                return Result.failed(new Failure.Terminal(
                        "HostNotAllowed",
                        "spec.directory.servers names " + server.getHost()
                                + ", which this installation does not allow; name another, or have the installation's"
                                + " ALLOWED_DIRECTORY_HOSTS extended."));
            }
        }
        return credentials(spec.bindSecretRef().name(), secrets)
                .flatMap(credentials -> secrets.optional(
                                "spec.directory.tls.caSecretRef", spec.tls().findCaSecretRef())
                        .map(ca -> new DirectorySettings(
                                spec.findDomain(), spec.findSite(), servers, credentials, protection(spec), ca)));
    }

    private static Result<Credentials> credentials(String secret, SecretLookup secrets) {
        String path = "spec.directory.bindSecretRef";
        if (secrets.has(secret, "keytab") || secrets.has(secret, "principal")) {
            return secrets.value(path, secret, "principal")
                    .flatMap(principal -> secrets.encoded(path, secret, "keytab")
                            .map(keytab -> new Credentials.Keytab(principal, keytab)));
        }
        return secrets.value(path, secret, "bindDN")
                .flatMap(dn -> secrets.value(path, secret, "password")
                        .map(password -> new Credentials.Password(dn, password)));
    }

    private static TlsMode protection(DirectorySpec spec) {
        return switch (spec.tls().mode()) {
            case LDAPS, UNRECOGNIZED -> TlsMode.LDAPS;
            case START_TLS -> TlsMode.START_TLS;
            case KERBEROS -> TlsMode.KERBEROS;
        };
    }

    private static List<Search> searches(SyncPolicySpec spec) {
        if (spec.scope().searches().isEmpty()) {
            return List.of(new Search("", PEOPLE));
        }
        return spec.scope().searches().stream()
                .map(search -> new Search(search.findBaseDN().orElse(""), search.filter()))
                .toList();
    }

    private static Times times(SyncPolicySpec spec) {
        DirectorySpec.Changes changes = spec.directory().changes();
        return new Times(
                switch (changes.mode()) {
                    case AUTO, UNRECOGNIZED -> Following.Mode.AUTO;
                    case DIR_SYNC -> Following.Mode.DIR_SYNC;
                    case USN -> Following.Mode.USN;
                    case NONE -> Following.Mode.NONE;
                },
                Durations.parse(changes.pollInterval()),
                Durations.parse(spec.intervals().salesforcePoll()),
                Durations.parse(spec.intervals().fullComparison()));
    }
}
