package dev.salesforcesync.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelmChartTest {

    @Test
    void passesHelmsStrictLint() {
        LintResult result = new Helm(RenderedChart.CHART).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void installsTheseObjectsAndNoOthers() {
        assertThat(RenderedChart.with("").names())
                .containsExactly(
                        "CustomResourceDefinition licenseschedules.salesforcesync.dev",
                        "CustomResourceDefinition salesforceconnections.salesforcesync.dev",
                        "CustomResourceDefinition syncpolicies.salesforcesync.dev",
                        "Deployment rel-salesforce-sync-operator in sync",
                        "Role rel-salesforce-sync-operator-own in sync",
                        "Role rel-salesforce-sync-operator-watch in sync",
                        "RoleBinding rel-salesforce-sync-operator-own in sync",
                        "RoleBinding rel-salesforce-sync-operator-watch in sync",
                        "Service rel-salesforce-sync-operator-metrics in sync",
                        "ServiceAccount rel-salesforce-sync-operator in sync");
    }

    @Test
    void tellsTheOperatorWhereItMayWorkAndWithWhom() {
        assertThat(environment(RenderedChart.with("")))
                .isEqualTo(Map.of(
                        "POD_NAME", "metadata.name",
                        "POD_NAMESPACE", "metadata.namespace",
                        "WATCH_NAMESPACES", "sync",
                        "WRITES_ENABLED", "true",
                        "LOG_LEVEL", "INFO",
                        "LEADER_ELECTION", "true"));

        assertThat(environment(RenderedChart.with("""
                        watchNamespaces: [one, two]
                        writes: {enabled: false}
                        allowedHosts: {salesforce: [a.example.com, "*.b.example.com"], directory: [dc1.example.com]}
                        log: {level: DEBUG}
                        leaderElection: {enabled: false}
                        extraEnv: [{name: HTTPS_PROXY, value: "http://proxy:3128"}]
                        """)))
                .isEqualTo(Map.of(
                        "POD_NAME", "metadata.name",
                        "POD_NAMESPACE", "metadata.namespace",
                        "WATCH_NAMESPACES", "one,two",
                        "WRITES_ENABLED", "false",
                        "ALLOWED_SALESFORCE_HOSTS", "a.example.com,*.b.example.com",
                        "ALLOWED_DIRECTORY_HOSTS", "dc1.example.com",
                        "LOG_LEVEL", "DEBUG",
                        "LEADER_ELECTION", "false",
                        "HTTPS_PROXY", "http://proxy:3128"));
    }

    @Test
    void runsAsTheRestrictedPodSecurityStandardDemands() {
        PodSpec pod = podOf(RenderedChart.with(""));
        Container container = pod.getContainers().get(0);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532L);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getVolumeMounts())
                .singleElement()
                .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
        assertThat(pod.getVolumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.getEmptyDir()).isNotNull());
    }

    @Test
    void isProbedAndStoppedWithPatience() {
        RenderedChart chart = RenderedChart.with("");
        Container container = podOf(chart).getContainers().get(0);

        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/healthz");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(container.getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8080));
        assertThat(podOf(chart).getTerminationGracePeriodSeconds()).isEqualTo(60L);
        assertThat(chart.one(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("Recreate");
        assertThat(chart.one(Deployment.class).getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void takesTheDigestOfAnImageOverItsTag() {
        String digest = "sha256:" + "0".repeat(64);

        assertThat(imageOf("")).isEqualTo("salesforce-sync-operator:" + appVersion());
        assertThat(imageOf("image: {repository: registry.example.com/op, tag: v1}"))
                .isEqualTo("registry.example.com/op:v1");
        assertThat(imageOf("image: {tag: v1, digest: \"" + digest + "\"}"))
                .isEqualTo("salesforce-sync-operator@" + digest);
    }

    @Test
    void runsTheVersionTheProjectBuilds() throws IOException {
        Matcher version = Pattern.compile("<artifactId>salesforce-sync-operator</artifactId>\\s*<version>([^<]+)<")
                .matcher(Files.readString(Path.of("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(appVersion()).isEqualTo(version.group(1));
    }

    @Test
    void theServiceAndTheDeploymentMeanTheSamePods() {
        RenderedChart chart = RenderedChart.with("");
        Map<String, String> labels = chart.one(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();

        assertThat(labels)
                .containsAllEntriesOf(chart.one(Service.class).getSpec().getSelector());
        assertThat(labels)
                .containsAllEntriesOf(
                        chart.one(Deployment.class).getSpec().getSelector().getMatchLabels());
    }

    @Test
    void canUseAServiceAccountThatIsThere() {
        RenderedChart chart = RenderedChart.with("serviceAccount: {create: false, name: mine}");

        assertThat(chart.all(ServiceAccount.class)).isEmpty();
        assertThat(podOf(chart).getServiceAccountName()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "writes: {enabeld: false}",
                "writes: {enabled: \"no\"}",
                "watchNamespace: [a]",
                "watchNamespaces: [a, \"*\"]",
                "log: {level: LOUD}",
                "image: {digest: latest}",
                "allowedHosts: {directory: [\"https://dc1.example.com\"]}"
            })
    void refusesValuesThatMeanNothing(String values) {
        assertThatThrownBy(() -> RenderedChart.with(values))
                .hasMessageContaining("values don't meet the specifications");
    }

    @Test
    void saysTheNextCommandAndWarnsOfValuesThatLetTooMuchHappen() {
        assertThat(RenderedChart.notes("allowedHosts: {directory: [\"*.corp.example.com\"]}"))
                .contains("kubectl get salesforcesync -n sync")
                .doesNotContain("WARNING");
        assertThat(RenderedChart.notes("""
                        watchNamespaces: ["*"]
                        writes: {enabled: false}
                        leaderElection: {enabled: false}
                        crds: {keep: false}
                        """))
                .contains("kubectl get salesforcesync -A")
                .contains("WARNING: watchNamespaces")
                .contains("WARNING: allowedHosts.directory")
                .contains("WARNING: leaderElection.enabled")
                .contains("WARNING: crds.keep")
                .contains("NOTE: writes.enabled is false");
    }

    private static String appVersion() {
        try {
            Map<?, ?> chart =
                    Serialization.unmarshal(Files.readString(RenderedChart.CHART.resolve("Chart.yaml")), Map.class);
            return String.valueOf(chart.get("appVersion"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String imageOf(String values) {
        return podOf(RenderedChart.with(values)).getContainers().get(0).getImage();
    }

    private static PodSpec podOf(RenderedChart chart) {
        return chart.one(Deployment.class).getSpec().getTemplate().getSpec();
    }

    /** Names and values; for what comes from the pod's own fields, the field. */
    private static Map<String, String> environment(RenderedChart chart) {
        List<EnvVar> env = podOf(chart).getContainers().get(0).getEnv();
        return env.stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValueFrom() == null
                                ? variable.getValue()
                                : variable.getValueFrom().getFieldRef().getFieldPath()));
    }
}
