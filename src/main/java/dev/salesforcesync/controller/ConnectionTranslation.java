package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.Durations;
import dev.salesforcesync.api.v1alpha1.ProxySpec;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionSpec;
import dev.salesforcesync.api.v1alpha1.Unrecognized;
import dev.salesforcesync.config.HostRule;
import dev.salesforcesync.config.OperatorConfig;
import dev.salesforcesync.converge.ConnectionOrder;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.SalesforceSettings;
import dev.salesforcesync.salesforce.SalesforceSettings.Budget;
import dev.salesforcesync.salesforce.SalesforceSettings.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Turns a SalesforceConnection and its Secrets into an order for its engine. */
public final class ConnectionTranslation {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);

    private final OperatorConfig config;

    public ConnectionTranslation(OperatorConfig config) {
        this.config = config;
    }

    /** The order, or the first thing that keeps it from being one. */
    public Result<ConnectionOrder> translate(SalesforceConnection connection, SecretLookup secrets) {
        SalesforceConnectionSpec spec = connection.getSpec();
        List<String> notUnderstood = new ArrayList<>(Unrecognized.in(spec));
        if (!notUnderstood.isEmpty()) {
            return Result.failed(NotBuilt.unknownValues(notUnderstood));
        }
        List<String> notBuilt = notBuilt(spec);
        if (!notBuilt.isEmpty()) {
            return Result.failed(NotBuilt.features(notBuilt));
        }
        return instanceUrl(spec)
                .flatMap(url -> SignInTranslation.translate(spec, url, secrets)
                        .flatMap(authentication -> secrets.optional(
                                        "spec.tls.caSecretRef", spec.findTls().flatMap(tls -> tls.findCaSecretRef()))
                                .flatMap(ca -> proxy(spec, secrets)
                                        .map(proxy -> new SalesforceSettings(
                                                url,
                                                spec.apiVersion(),
                                                authentication,
                                                ca,
                                                proxy,
                                                new Budget(
                                                        spec.apiBudget().dailyShare(),
                                                        spec.apiBudget().reserve(),
                                                        spec.apiBudget().maxConcurrentRequests()),
                                                REQUEST_TIMEOUT)))))
                .map(settings -> new ConnectionOrder(
                        connection.getMetadata().getGeneration(),
                        settings,
                        secrets.versions(References.secretsOf(connection)),
                        Durations.parse(spec.probeInterval()),
                        new HashSet<>(spec.protectedUsers().permissionSets()),
                        spec.findAcceptLedgerLoss()));
    }

    private static List<String> notBuilt(SalesforceConnectionSpec spec) {
        List<String> paths = new ArrayList<>();
        spec.findCredentialRotation().ifPresent(given -> paths.add("spec.credentialRotation"));
        spec.findRecoverWith().ifPresent(given -> paths.add("spec.recoverWith"));
        spec.findNotification().ifPresent(given -> paths.add("spec.notification"));
        return paths;
    }

    private Result<URI> instanceUrl(SalesforceConnectionSpec spec) {
        URI url;
        try {
            url = new URI(spec.instanceUrl());
        } catch (URISyntaxException e) {
            return Result.failed(new Failure.Terminal(
                    "InstanceUrlInvalid", "spec.instanceUrl must be a URL such as https://example.my.salesforce.com"));
        }
        if (url.getHost() == null || url.getRawQuery() != null || url.getUserInfo() != null) {
            return Result.failed(new Failure.Terminal(
                    "InstanceUrlInvalid",
                    "spec.instanceUrl must be a URL such as https://example.my.salesforce.com, without a user or a"
                            + " query"));
        }
        if (!HostRule.anyAllows(config.salesforceHosts(), url)) {
            return Result.failed(new Failure.Terminal(
                    "HostNotAllowed",
                    "spec.instanceUrl points at " + url.getScheme() + "://" + url.getHost()
                            + ", which this installation does not allow; use your org's My Domain, or have the"
                            + " installation's ALLOWED_SALESFORCE_HOSTS extended."));
        }
        return Result.ok(url);
    }

    private static Result<Optional<Proxy>> proxy(SalesforceConnectionSpec spec, SecretLookup secrets) {
        Optional<ProxySpec> given = spec.findProxy();
        if (given.isEmpty()) {
            return Result.ok(Optional.empty());
        }
        URI url = URI.create(given.get().url());
        if (given.get().findCredentialsSecretRef().isEmpty()) {
            return Result.ok(Optional.of(new Proxy(url, Optional.empty(), Optional.empty())));
        }
        String name = given.get().findCredentialsSecretRef().get().name();
        String path = "spec.proxy.credentialsSecretRef";
        return secrets.value(path, name, "username")
                .flatMap(user -> secrets.value(path, name, "password")
                        .map(password -> Optional.of(new Proxy(url, Optional.of(user), Optional.of(password)))));
    }
}
