package dev.salesforcesync.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server with the definitions that ship in {@code crds/}. */
class OwnKindsTest {

    private static final String POLICY = """
            apiVersion: salesforcesync.dev/v1alpha1
            kind: SyncPolicy
            metadata: {name: people, namespace: default}
            spec:
              connectionRef: {name: org}
              directory: {domain: corp.example.com, bindSecretRef: {name: ad}}
              scope: {searches: [{baseDN: "DC=corp,DC=example,DC=com", filter: "(objectClass=user)"}]}
            """;

    private KubernetesApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            server = KubernetesApiServer.start(0, files.sorted().toList());
        }
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void areServedUnderOneCategory() {
        List<APIResource> kinds =
                client.getApiResources("salesforcesync.dev/v1alpha1").getResources();

        assertThat(kinds)
                .filteredOn(kind -> kind.getCategories().contains("salesforcesync"))
                .extracting(APIResource::getSingularName)
                .containsExactlyInAnyOrder("licenseschedule", "salesforceconnection", "syncpolicy");
    }

    @Test
    void areStoredWithTheirDefaults() {
        GenericKubernetesResource stored = client.resource(policy(POLICY)).create();

        assertThat(stored.<String>get("spec", "target")).isEqualTo("User");
        assertThat(stored.<String>get("spec", "mode")).isEqualTo("Preview");
    }

    @Test
    void areRefusedWithTheFieldThatIsWrong() {
        String broken = POLICY.replace("connectionRef: {name: org}", "connectionRef: {name: org}\n  mode: Sometimes");

        KubernetesClientException refused = catchThrowableOfType(
                KubernetesClientException.class,
                () -> client.resource(policy(broken)).create());

        assertThat(refused.getCode()).isEqualTo(422);
        assertThat(refused.getStatus().getDetails().getCauses())
                .extracting(StatusCause::getField)
                .containsExactly("spec.mode");
    }

    private static GenericKubernetesResource policy(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
