package dev.salesforcesync.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real kubectl, where there is one. */
class KubectlTest {

    private static final String GOOD = """
            apiVersion: example.test/v1alpha1
            kind: Widget
            metadata: {name: one}
            spec: {size: 3}
            """;

    private final WidgetServer api = new WidgetServer();

    @TempDir
    Path folder;

    @BeforeEach
    void needsKubectl() {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        assumeTrue(found, "kubectl is not on the PATH");
        api.server.writeKubeconfig(folder.resolve("kubeconfig"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void appliesTwiceAndShowsThePrinterColumns() {
        assertThat(apply(GOOD)).isEqualTo("widget.example.test/one created");
        assertThat(apply(GOOD)).isEqualTo("widget.example.test/one unchanged");

        assertThat(kubectl("get", "wd,toys", "-A")
                        .lines()
                        .findFirst()
                        .orElse("")
                        .split("\\s+"))
                .containsExactly("NAMESPACE", "NAME", "READY", "MODE", "AGE");
        assertThat(kubectl("get", "widget", "-o", "wide")).contains("SIZE").containsPattern("one\\s+Preview\\s+3\\s+");
    }

    @Test
    void isToldWhichFieldIsWrong() {
        assertThat(apply(GOOD.replace("size: 3", "mode: Sometimes")))
                .contains("The Widget \"one\" is invalid: spec.mode: Unsupported value: \"Sometimes\"");
        assertThat(apply(GOOD.replace("size: 3", "siez: 3"))).contains("unknown field \"spec.siez\"");
    }

    @Test
    void explainsDescribesAndWaits() {
        apply(GOOD);
        kubectl(
                "patch",
                "wd",
                "one",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        String uid = kubectl("get", "wd", "one", "-o", "jsonpath={.metadata.uid}");
        apply("""
                apiVersion: v1
                kind: Event
                metadata: {name: e1}
                involvedObject: {kind: Widget, name: one, namespace: default, uid: %s}
                type: Warning
                reason: Broken
                message: it fell down
                count: 1
                """.formatted(uid));

        assertThat(kubectl("explain", "widget.spec.mode")).contains("How it works.");
        assertThat(kubectl("wait", "--for=condition=Ready", "wd/one", "--timeout=20s"))
                .isEqualTo("widget.example.test/one condition met");
        assertThat(kubectl("describe", "wd", "one")).contains("Mode:  Preview").contains("it fell down");
        assertThat(kubectl("get", "events")).contains("widget/one").contains("it fell down");
    }

    @Test
    void editsByEveryKindOfPatchAndDeletes() {
        apply(GOOD);
        kubectl("annotate", "wd", "one", "run-now=1");
        kubectl("patch", "wd", "one", "--type=merge", "-p", "{\"spec\":{\"mode\":\"Enforce\"}}");
        kubectl(
                "patch",
                "wd",
                "one",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/size\",\"value\":9}]");

        assertThat(kubectl(
                        "get", "wd", "one", "-o", "jsonpath={.spec.mode} {.spec.size} {.metadata.annotations.run-now}"))
                .isEqualTo("Enforce 9 1");
        assertThat(kubectl("apply", "--server-side", "--force-conflicts", "-f", file(GOOD)))
                .isEqualTo("widget.example.test/one serverside-applied");
        assertThat(kubectl("delete", "wd", "one")).isEqualTo("widget.example.test \"one\" deleted");
        assertThat(kubectl("get", "wd")).contains("No resources found");
    }

    @Test
    void createsSecretsAndNamespacesFromTheCommandLine() {
        assertThat(kubectl("create", "namespace", "team")).isEqualTo("namespace/team created");
        assertThat(kubectl("create", "secret", "generic", "s", "-n", "team", "--from-literal=a=hello"))
                .isEqualTo("secret/s created");

        assertThat(kubectl("get", "secret", "s", "-n", "team", "-o", "jsonpath={.data.a}"))
                .isEqualTo("aGVsbG8=");
    }

    @Test
    void watchesUntilToldToStop() {
        apply(GOOD);

        assertThat(kubectl("get", "wd", "-w", "--request-timeout=2s"))
                .contains("READY")
                .containsPattern("one\\s+Preview");
    }

    @Test
    void showsTheColumnsOfTheKindsThatShip() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("crds"));
                KubernetesApiServer shipped =
                        KubernetesApiServer.start(0, files.sorted().toList())) {
            shipped.writeKubeconfig(folder.resolve("kubeconfig"));
            apply("""
                    apiVersion: salesforcesync.dev/v1alpha1
                    kind: SyncPolicy
                    metadata: {name: people}
                    spec:
                      connectionRef: {name: org}
                      directory: {domain: corp.example.com, bindSecretRef: {name: ad}}
                      scope: {searches: [{baseDN: "DC=corp,DC=example,DC=com"}]}
                    """);

            assertThat(kubectl("get", "salesforcesync", "-A"))
                    .containsPattern("NAMESPACE +NAME +READY +REASON +MODE")
                    .containsPattern("default +syncpolicy.salesforcesync.dev/people|default +people");
        }
    }

    private String apply(String yaml) {
        return kubectl("apply", "-f", file(yaml));
    }

    private String file(String yaml) {
        try {
            return Files.writeString(Files.createTempFile(folder, "object", ".yaml"), yaml)
                    .toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("kubectl", "--cache-dir", folder.resolve("cache").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return output.strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
