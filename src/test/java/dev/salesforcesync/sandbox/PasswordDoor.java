package dev.salesforcesync.sandbox;

import dev.salesforcesync.sandbox.directory.SandboxCertificates;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The certificate of the operator's listeners for passwords, laid out as cert-manager does. */
final class PasswordDoor {
    private PasswordDoor() {}

    static void prepare(KubernetesClient client, String namespace, String name, SandboxCertificates certificates) {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withType("kubernetes.io/tls")
                .withData(Map.of("tls.crt", base64(certificates.serverPem()), "tls.key", base64(certificates.keyPem())))
                .build();
        client.secrets().inNamespace(namespace).withName(name).delete();
        client.resource(secret).create();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
