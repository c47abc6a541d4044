package dev.salesforcesync.real;

import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.api.v1alpha1.SalesforceConnection;
import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import dev.salesforcesync.api.v1alpha1.SyncPolicyStatus;
import dev.salesforcesync.sandbox.Expectation;
import dev.salesforcesync.sandbox.Samples;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/** The org and the directory that the operator under test talks to, and the sample that joins them. */
final class Neighbours implements AutoCloseable {
    static final String POLICY = "people";
    static final String CONNECTION = "sandbox-org";

    private final RealCluster cluster;
    private final SalesforceOrgServer salesforce =
            SalesforceOrgServer.start(OrgSettings.builder("Acme").build(), 0);
    private final SandboxDirectory directory = SandboxDirectory.start(0, 0);
    private final int usersAtStart = salesforce.org().count("User");

    Neighbours(RealCluster cluster) {
        this.cluster = cluster;
    }

    SalesforceOrgServer salesforce() {
        return salesforce;
    }

    SandboxDirectory directory() {
        return directory;
    }

    /** Applies the sample to the namespace that the operator watches. */
    void apply() {
        for (HasMetadata resource : Samples.load(cluster.admin(), Samples.placeholders(salesforce, directory))) {
            resource.getMetadata().setNamespace(cluster.namespace());
            cluster.admin().resource(resource).create();
        }
    }

    SyncPolicy policy() {
        return cluster.admin()
                .resources(SyncPolicy.class)
                .inNamespace(cluster.namespace())
                .withName(POLICY)
                .require();
    }

    SalesforceConnection connection() {
        return cluster.admin()
                .resources(SalesforceConnection.class)
                .inNamespace(cluster.namespace())
                .withName(CONNECTION)
                .require();
    }

    Optional<Condition> ready(SyncPolicy policy) {
        return policy.getStatus() == null
                ? Optional.empty()
                : find(policy.getStatus().conditions());
    }

    Optional<Condition> ready(SalesforceConnection connection) {
        return connection.getStatus() == null
                ? Optional.empty()
                : find(connection.getStatus().conditions());
    }

    private static Optional<Condition> find(List<Condition> conditions) {
        return conditions.stream().filter(c -> c.getType().equals("Ready")).findFirst();
    }

    boolean converged() {
        return ready(policy()).filter(c -> c.getStatus().equals("True")).isPresent();
    }

    /** What is wrong in the org, by a reading of the directory that shares nothing with the operator. */
    List<String> differences() {
        return expected().stream()
                .flatMap(person -> person.differsFrom(salesforce.org().user(person.username())).stream())
                .toList();
    }

    /** How many people the policy says have a user. */
    int linked() {
        return Optional.ofNullable(policy().getStatus())
                .flatMap(SyncPolicyStatus::findUsers)
                .flatMap(users -> users.findLinked())
                .orElse(0);
    }

    int usersCreated() {
        return salesforce.org().count("User") - usersAtStart;
    }

    private List<Expectation.Expected> expected() {
        try {
            return Expectation.read(directory);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    int writeCalls() {
        return salesforce.journal().writeCalls();
    }

    /** Removes the sample again; people stay as they are. */
    void remove() {
        var in = cluster.admin();
        in.resources(SyncPolicy.class).inNamespace(cluster.namespace()).delete();
        in.resources(SalesforceConnection.class)
                .inNamespace(cluster.namespace())
                .delete();
        List.of("sandbox-org", "sandbox-directory", "sandbox-agent")
                .forEach(name -> in.resources(Secret.class)
                        .inNamespace(cluster.namespace())
                        .withName(name)
                        .delete());
        in.configMaps().inNamespace(cluster.namespace()).delete();
    }

    @Override
    public void close() {
        remove();
        directory.close();
        salesforce.close();
    }
}
