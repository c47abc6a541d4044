package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.AuthenticationSpec;
import dev.salesforcesync.api.v1alpha1.LocalRef;
import dev.salesforcesync.api.v1alpha1.PasswordsSpec;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionSpec;
import dev.salesforcesync.api.v1alpha1.SecretKeyRef;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which other objects of its namespace a resource refers to, by name. */
public final class References {
    private References() {}

    /** Names of Secrets. */
    public static Set<String> secretsOf(SalesforceConnection connection) {
        SalesforceConnectionSpec spec = connection.getSpec();
        Set<String> names = new HashSet<>();
        secretsOf(spec.authentication()).map(SecretKeyRef::name).forEach(names::add);
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

    private static Stream<SecretKeyRef> secretsOf(AuthenticationSpec authentication) {
        return Stream.of(
                        authentication.findClientCredentials().stream()
                                .flatMap(way -> Stream.of(way.clientIdSecretRef(), way.clientSecretSecretRef())),
                        authentication.findJwtBearer().stream()
                                .flatMap(way -> Stream.of(way.clientIdSecretRef(), way.privateKeySecretRef())),
                        authentication.findUsernamePassword().stream()
                                .flatMap(way -> Stream.concat(
                                        Stream.of(way.passwordSecretRef()),
                                        Stream.of(
                                                        way.findSecurityTokenSecretRef(),
                                                        way.findClientIdSecretRef(),
                                                        way.findClientSecretSecretRef())
                                                .flatMap(Optional::stream))))
                .flatMap(Function.identity());
    }

    /** Names of Secrets. */
    public static Set<String> secretsOf(SyncPolicy policy) {
        SyncPolicySpec spec = policy.getSpec();
        Set<String> names = new HashSet<>();
        names.add(spec.directory().bindSecretRef().name());
        Optional<SecretKeyRef> ca = spec.directory().tls().findCaSecretRef();
        ca.map(SecretKeyRef::name).ifPresent(names::add);
        names.addAll(agentSecretsOf(policy));
        return names;
    }

    /** Names of the Secrets by which agents that hand over passwords are known. */
    static Set<String> agentSecretsOf(SyncPolicy policy) {
        return policy.getSpec().passwords().findAgents().stream()
                .flatMap(agents -> Stream.of(
                        agents.findPassSync().map(PasswordsSpec.PassSync::credentialsSecretRef),
                        agents.findJson().flatMap(PasswordsSpec.Json::findTokenSecretRef),
                        agents.findMidPoint().map(PasswordsSpec.MidPoint::credentialsSecretRef)))
                .flatMap(Optional::stream)
                .map(LocalRef::name)
                .collect(Collectors.toSet());
    }

    /** The name of its SalesforceConnection. */
    public static String connectionOf(SyncPolicy policy) {
        return policy.getSpec().connectionRef().name();
    }
}
