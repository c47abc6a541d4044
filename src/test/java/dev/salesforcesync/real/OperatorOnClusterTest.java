package dev.salesforcesync.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The packaged operator, with no more rights than the chart gives it, from an empty org to a quiet end. */
@OnRealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorOnClusterTest {
    private static final int LAST = 100;

    private final RealCluster cluster;
    private final Neighbours neighbours;
    private final OperatorJar operator;

    OperatorOnClusterTest(RealCluster cluster) {
        this.cluster = cluster;
        this.neighbours = new Neighbours(cluster);
        this.operator = OperatorJar.start(cluster, "single");
    }

    @BeforeAll
    void converge() {
        operator.ready();
        neighbours.apply();
        patiently("the policy has converged").until(neighbours::converged);
    }

    @AfterAll
    void stop() {
        operator.close();
        neighbours.close();
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }

    @Test
    @Order(1)
    void givesEverybodyTheUserTheyShouldHave() {
        assertThat(neighbours.differences()).isEmpty();
        assertThat(neighbours.salesforce().journal().writeCalls()).isPositive();
    }

    @Test
    @Order(1)
    void showsPrinterColumnsConditionsAndEvents() {
        String table = cluster.kubectl().run("get", "syncpol");
        assertThat(table.lines().findFirst().orElse(""))
                .containsPattern("NAME +READY +REASON +MODE +USERS +PENDING +FAILING +PROGRESS +LAST SUCCESS +AGE");
        assertThat(table).containsPattern("people +True +\\w+ +Enforce +[1-9]\\d* +0 +0 ");
        assertThat(cluster.kubectl().run("get", "sfconn")).containsPattern("sandbox-org +True +\\w+ +http://127");
        assertThat(cluster.kubectl().run("get", "salesforcesync")).contains("people", "sandbox-org");

        assertThat(cluster.kubectl().run("describe", "syncpolicy", "people"))
                .contains("UsersConverged", "Events:")
                .containsPattern("Normal +Succeeded");
        assertThat(cluster.kubectl().run("describe", "salesforceconnection", "sandbox-org"))
                .containsPattern("Normal +Succeeded");
    }

    @Test
    @Order(1)
    void answersProbesAndMetrics() {
        assertThat(operator.status("/healthz")).isEqualTo(200);
        assertThat(operator.status("/readyz")).isEqualTo(200);
        assertThat(operator.leads()).isTrue();
        assertThat(operator.body("/metrics"))
                .contains("salesforcesync_build_info")
                .containsPattern("salesforcesync_condition\\{.*name=\"people\".*type=\"Ready\".*} 1");
    }

    @Test
    @Order(1)
    void putsNoFinalizerOnAnything() {
        assertThat(neighbours.policy().getMetadata().getFinalizers()).isEmpty();
        assertThat(neighbours.connection().getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    @Order(1)
    void logsNoSecretAndNoTrouble() {
        assertThat(operator.log())
                .doesNotContain(neighbours.directory().password())
                .doesNotContain(neighbours.salesforce().org().settings().clientSecret())
                .doesNotContain(" ERROR ", "Exception", "HTTP 403");
    }

    @Test
    @Order(2)
    void saysThatLicenseSchedulesAreNotActedOn() throws IOException {
        cluster.kubectl()
                .runWith(
                        Files.readString(Path.of("samples/04-license-schedule/03-schedule.yaml")), "create", "-f", "-");

        patiently("the schedule says NotImplemented")
                .until(() -> cluster.kubectl().run("get", "licsched").contains("NotImplemented"));
        cluster.kubectl().run("delete", "licsched", "unused-seats", "--timeout=20s");
    }

    @Test
    @Order(3)
    void saysWhichSecretKeyIsMissingAndRecoversWithoutARestart() {
        Secret secret = cluster.admin()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName("sandbox-org")
                .require();
        Secret broken = Serialization.clone(secret);
        String value = broken.getData().remove("clientSecret");
        broken.getData().put("client_secret", value);
        cluster.admin().resource(broken).update();

        patiently("the connection names the missing key").untilAsserted(() -> {
            Optional<Condition> ready = neighbours.ready(neighbours.connection());
            assertThat(ready.map(Condition::getReason)).contains("SecretKeyMissing");
            assertThat(ready.map(Condition::getMessage).orElse("")).contains("clientSecret", "sandbox-org");
        });
        patiently("the policy waits").until(() -> !neighbours.converged());

        secret.getMetadata().setResourceVersion(null);
        cluster.admin().resource(secret).update();

        patiently("connection and policy are ready again")
                .until(() -> neighbours
                                .ready(neighbours.connection())
                                .filter(c -> c.getStatus().equals("True"))
                                .isPresent()
                        && neighbours.converged());
    }

    @Test
    @Order(LAST)
    void deletingEverythingNeverHangsAndTouchesNobody() {
        int writes = neighbours.writeCalls();

        cluster.kubectl().run("delete", "syncpol", "people", "--timeout=20s");
        cluster.kubectl().run("delete", "sfconn", "sandbox-org", "--timeout=20s");

        patiently("the operator forgets them")
                .until(() -> !operator.body("/metrics").contains("name=\"people\""));
        assertThat(neighbours.writeCalls()).isEqualTo(writes);
        assertThat(neighbours.differences()).isEmpty();
        assertThat(operator.status("/healthz")).isEqualTo(200);
    }

    @Test
    @Order(LAST + 1)
    void endsWithinItsGraceWhenAskedTo() {
        assertThat(operator.terminate(Duration.ofSeconds(30))).isIn(List.of(0, 143));
    }
}
