package dev.salesforcesync.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.salesforcesync.api.v1alpha1.SyncPolicy;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Helm puts on a real API server, and what the service account may do there. */
@OnRealCluster
class ChartOnClusterTest {
    private final RealCluster cluster;

    ChartOnClusterTest(RealCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void establishesTheThreeDefinitions() {
        assertThat(cluster.definitions()).hasSize(3).allSatisfy(crd -> {
            assertThat(crd.getStatus().getConditions())
                    .as(crd.getMetadata().getName())
                    .anyMatch(c ->
                            c.getType().equals("Established") && c.getStatus().equals("True"))
                    .noneMatch(c -> c.getType().equals("NonStructuralSchema"));
            assertThat(crd.getStatus().getAcceptedNames().getCategories()).containsExactly("salesforcesync");
        });
        assertThat(cluster.kubectl().run("get", "sfconn,syncpol,licsched")).contains("No resources found");
        assertThat(cluster.kubectl().run("explain", "syncpolicy.spec.mode")).contains("Preview");
    }

    @Test
    void createsThePodsOfTheDeployment() {
        assertThat(cluster.kubectl().run("get", "replicasets", "-o", "name")).contains(RealCluster.SERVICE_ACCOUNT);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            list,   salesforcesync.dev,  syncpolicies,                ,       true
            watch,  salesforcesync.dev,  salesforceconnections,       ,       true
            list,   salesforcesync.dev,  licenseschedules,            ,       true
            update, salesforcesync.dev,  syncpolicies,                status, true
            patch,  salesforcesync.dev,  salesforceconnections,       status, true
            watch,  '',                  secrets,                     ,       true
            create, '',                  events,                      ,       true
            get,    '',                  events,                      ,       true
            create, '',                  configmaps,                  ,       true
            update, coordination.k8s.io, leases,                      ,       true
            patch,  coordination.k8s.io, leases,                      ,       true
            delete, salesforcesync.dev,  syncpolicies,                ,       false
            create, salesforcesync.dev,  salesforceconnections,       ,       false
            update, salesforcesync.dev,  syncpolicies,                ,       false
            create, '',                  secrets,                     ,       false
            update, '',                  secrets,                     ,       false
            delete, '',                  secrets,                     ,       false
            get,    '',                  pods,                        ,       false
            create, '',                  pods,                        exec,   false
            create, '',                  serviceaccounts,             token,  false
            update, rbac.authorization.k8s.io, roles,                 ,       false
            create, rbac.authorization.k8s.io, rolebindings,          ,       false
            """)
    void letsTheOperatorDoInItsNamespaceOnlyWhatItNeeds(
            String verb, String group, String resource, String subresource, boolean allowed) {
        assertThat(may(verb, group, resource, subresource == null ? "" : subresource, cluster.namespace()))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            get,    '',                        secrets
            list,   '',                        secrets
            get,    '',                        configmaps
            create, '',                        configmaps
            list,   salesforcesync.dev,        syncpolicies
            create, coordination.k8s.io,       leases
            '*',    '*',                       '*'
            """)
    void letsTheOperatorDoNothingElsewhere(String verb, String group, String resource) {
        assertThat(may(verb, group, resource, "", "default")).isFalse();
        assertThat(may(verb, group, resource, "", "kube-system")).isFalse();
        assertThat(may(verb, group, resource, "", "")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"apiextensions.k8s.io, customresourcedefinitions", "'', namespaces", "'', nodes"})
    void letsTheOperatorDoNothingClusterWide(String group, String resource) {
        assertThat(may("get", group, resource, "", "")).isFalse();
        assertThat(may("list", group, resource, "", "")).isFalse();
        assertThat(may("update", group, resource, "", "")).isFalse();
    }

    @Test
    void refusesTheOperatorWhatTheReviewSaysItMayNot() {
        try (KubernetesClient operator = cluster.asOperator()) {
            assertThat(operator.secrets()
                            .inNamespace(cluster.namespace())
                            .list()
                            .getItems())
                    .isNotEmpty();
            assertThatThrownBy(
                            () -> operator.secrets().inNamespace("kube-system").list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(403));
            assertThatThrownBy(() -> operator.resources(SyncPolicy.class)
                            .inNamespace(cluster.namespace())
                            .withName("any")
                            .delete())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(403));
        }
    }

    @Test
    void keepsDefinitionsAndResourcesThroughUninstallAndInstall() {
        cluster.kubectl().runWith(SchemaOnClusterTest.POLICY.formatted("kept"), "create", "-f", "-");

        cluster.uninstall();
        assertThat(cluster.kubectl().run("get", "syncpol", "kept", "-o", "name"))
                .contains("kept");
        cluster.installChart();

        assertThat(cluster.kubectl().run("get", "syncpol", "kept", "-o", "name"))
                .contains("kept");
        cluster.kubectl().run("delete", "syncpol", "kept", "--timeout=20s");
    }

    private boolean may(String verb, String group, String resource, String subresource, String namespace) {
        try (KubernetesClient operator = cluster.asOperator()) {
            SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withNewResourceAttributes()
                    .withVerb(verb)
                    .withGroup(group)
                    .withResource(resource)
                    .withSubresource(subresource)
                    .withNamespace(namespace)
                    .endResourceAttributes()
                    .endSpec()
                    .build();
            return operator.authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(review)
                    .getStatus()
                    .getAllowed();
        }
    }
}
