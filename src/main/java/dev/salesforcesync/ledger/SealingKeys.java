package dev.salesforcesync.ledger;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The keys under which passwords are sealed, of a Secret: {@code current} and, while keys are being changed,
 * {@code previous}, 32 random bytes each. The first process that finds none makes it.
 */
public final class SealingKeys {
    private static final int BYTES = 32;

    private SealingKeys() {}

    /** The keys, the newest first. */
    public static Result<List<byte[]>> read(KubernetesClient client, String namespace, String name) {
        try {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(name).get();
            return secret == null ? make(client, namespace, name) : keys(name, secret);
        } catch (KubernetesClientException e) {
            return Result.failed(new Failure.Transient(
                    "LedgerUnavailable",
                    "The Secret '" + name + "' in namespace " + namespace + " can't be read or made (HTTP "
                            + e.getCode() + "); check the operator's rights and the API server."));
        }
    }

    private static Result<List<byte[]>> make(KubernetesClient client, String namespace, String name) {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try {
            Secret made = client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .withData(Map.of("current", Base64.getEncoder().encodeToString(key)))
                            .build())
                    .inNamespace(namespace)
                    .create();
            return keys(name, made);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return read(client, namespace, name);
            }
            throw e;
        }
    }

    private static Result<List<byte[]>> keys(String name, Secret secret) {
        List<byte[]> keys = new ArrayList<>();
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        for (String part : List.of("current", "previous")) {
            String encoded = data.get(part);
            if (encoded != null) {
                keys.add(Base64.getDecoder().decode(encoded));
            }
        }
        return data.containsKey("current") && keys.stream().allMatch(key -> key.length == BYTES)
                ? Result.ok(keys)
                : Result.failed(new Failure.Terminal(
                        "SealingKeyInvalid",
                        "The Secret '" + name + "' must hold 32 random bytes in its key 'current', and in 'previous' if"
                                + " that is there."));
    }
}
