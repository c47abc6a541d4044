package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.AuthenticationSpec;
import dev.salesforcesync.api.v1alpha1.LocalRef;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionSpec;
import dev.salesforcesync.api.v1alpha1.SecretKeyRef;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which other objects of its namespace a resource refers to, by name. */
final class References {
    private References() {}

    static Set<String> secretsOf(SalesforceConnection connection) {
        SalesforceConnectionSpec spec = connection.getSpec();
        Set<String> names = new HashSet<>();
        spec.authentication()
                .findClientCredentials()
                .map(AuthenticationSpec.ClientCredentials::clientIdSecretRef)
                .map(SecretKeyRef::name)
                .ifPresent(names::add);
        spec.authentication()
                .findClientCredentials()
                .map(AuthenticationSpec.ClientCredentials::clientSecretSecretRef)
                .map(SecretKeyRef::name)
                .ifPresent(names::add);
        spec.findTls()
                .flatMap(tls -> tls.findCaSecretRef())
                .map(SecretKeyRef::name)
                .ifPresent(names::add);
        spec.findProxy()
                .flatMap(proxy -> proxy.findCredentialsSecretRef())
                .map(LocalRef::name)
                .ifPresent(names::add);
        return names;
    }

    static Set<String> secretsOf(SyncPolicy policy) {
        SyncPolicySpec spec = policy.getSpec();
        Set<String> names = new HashSet<>();
        names.add(spec.directory().bindSecretRef().name());
        Optional<SecretKeyRef> ca = spec.directory().tls().findCaSecretRef();
        ca.map(SecretKeyRef::name).ifPresent(names::add);
        return names;
    }

    static String connectionOf(SyncPolicy policy) {
        return policy.getSpec().connectionRef().name();
    }
}
