package dev.salesforcesync.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart adds where passwords are taken in, and that it adds nothing where they are not. */
class HelmPasswordsTest {
    private static final String BOTH = """
            passwords:
              https: {enabled: true}
              ldaps: {enabled: true}
              networkPolicy: {from: [{ipBlock: {cidr: 10.1.0.0/28}}]}
            """;

    @Test
    void areNotTakenInByDefault() {
        RenderedChart chart = RenderedChart.with("");

        assertThat(chart.all(NetworkPolicy.class)).isEmpty();
        assertThat(chart.all(Service.class)).hasSize(1);
        assertThat(chart.one(Deployment.class).getSpec().getReplicas()).isEqualTo(1);
        assertThat(ports(chart)).containsExactly("http");
    }

    @Test
    void areTakenInByEveryReplicaBehindOneService() {
        RenderedChart chart = RenderedChart.with(BOTH);

        Service service = chart.all(Service.class).stream()
                .filter(one -> one.getMetadata().getName().endsWith("-passwords"))
                .findFirst()
                .orElseThrow();
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(service.getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(443, 636);
        assertThat(service.getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getStrVal())
                .allSatisfy(name -> assertThat(ports(chart)).contains(name));
        Deployment deployment = chart.one(Deployment.class);
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
        assertThat(chart.one(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(environment(chart))
                .contains(
                        "PASSWORD_HTTPS_PORT=8443",
                        "PASSWORD_LDAPS_PORT=8636",
                        "PASSWORD_TLS_SECRET=salesforcesync-passwords-tls",
                        "PASSWORD_SEALING_SECRET=salesforcesync-passwords-key");
    }

    @Test
    void oneListenerAloneOpensOnePortAlone() {
        RenderedChart chart = RenderedChart.with("passwords: {https: {enabled: true, port: 8443}}");

        assertThat(ports(chart)).containsExactly("http", "passwords-https");
        assertThat(environment(chart)).noneMatch(variable -> variable.startsWith("PASSWORD_LDAPS_PORT"));
    }

    @Test
    void comeOnlyFromTheDomainControllersThatAreListed() {
        NetworkPolicy policy = RenderedChart.with(BOTH).one(NetworkPolicy.class);

        assertThat(policy.getSpec().getIngress()).hasSize(2);
        assertThat(policy.getSpec().getIngress().get(0).getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("http"));
        assertThat(policy.getSpec().getIngress().get(1).getFrom())
                .singleElement()
                .satisfies(peer -> assertThat(peer.getIpBlock().getCidr()).isEqualTo("10.1.0.0/28"));
        assertThat(policy.getSpec().getIngress().get(1).getPorts())
                .extracting(port -> port.getPort().getStrVal())
                .containsExactly("passwords-https", "passwords-ldaps");
    }

    @Test
    void comeFromNobodyAsLongAsNobodyIsListed() {
        assertThat(RenderedChart.with("passwords: {ldaps: {enabled: true}}")
                        .one(NetworkPolicy.class)
                        .getSpec()
                        .getIngress())
                .hasSize(1);
        assertThat(RenderedChart.notes("passwords: {ldaps: {enabled: true}}"))
                .contains("WARNING: passwords.networkPolicy.from is empty");
    }

    @Test
    void needALeaseWhereSeveralPodsTakeThemIn() {
        assertThatThrownBy(() -> RenderedChart.with("""
                        leaderElection: {enabled: false}
                        passwords: {https: {enabled: true}}
                        """)).hasMessageContaining("needs leaderElection.enabled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwords: {https: {enabled: \"yes\"}}",
                "passwords: {ldap: {enabled: true}}",
                "passwords: {replicas: 0}",
                "passwords: {service: {type: ExternalName}}",
                "passwords: {service: {loadBalancerSourceRanges: [everybody]}}",
                "passwords: {networkPolicy: {from: [{}]}}"
            })
    void areRefusedWhereTheValuesMeanNothing(String values) {
        assertThatThrownBy(() -> RenderedChart.with(values))
                .hasMessageContaining("values don't meet the specifications");
    }

    private static List<String> ports(RenderedChart chart) {
        return chart.one(Deployment.class).getSpec().getTemplate().getSpec().getContainers().get(0).getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
    }

    private static List<String> environment(RenderedChart chart) {
        return chart.one(Deployment.class).getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .map(HelmPasswordsTest::text)
                .toList();
    }

    private static String text(EnvVar variable) {
        return variable.getName() + "=" + variable.getValue();
    }
}
