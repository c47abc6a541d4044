package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.SecretKeyRef;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The Secrets that one resource may refer to, all of its own namespace. */
public final class SecretLookup {
    private final Map<String, Secret> secrets;
    private final boolean trusting;

    /** Only what is at hand is there. */
    public SecretLookup(Collection<Secret> secrets) {
        this(secrets, false);
    }

    private SecretLookup(Collection<Secret> secrets, boolean trusting) {
        this.trusting = trusting;
        this.secrets = secrets.stream()
                .collect(Collectors.toMap(s -> s.getMetadata().getName(), Function.identity(), (one, other) -> one));
    }

    /**
     * A Secret that is not at hand is taken to be there and to hold what is asked for, as an empty text: for whoever
     * looks at resources and signs in nowhere.
     */
    public static SecretLookup trusting(Collection<Secret> atHand) {
        return new SecretLookup(atHand, true);
    }

    Result<String> value(String path, SecretKeyRef reference) {
        return value(path, reference.name(), reference.key());
    }

    /** Present when the reference is; a reference that leads nowhere is a failure. */
    Result<Optional<String>> optional(String path, Optional<SecretKeyRef> reference) {
        return reference
                .map(ref -> value(path, ref).map(Optional::of))
                .orElseGet(() -> Result.ok(Optional.<String>empty()));
    }

    /** Which versions of these Secrets are looked at; other values have another version. */
    String versions(Set<String> names) {
        return names.stream()
                .sorted()
                .map(secrets::get)
                .filter(Objects::nonNull)
                .map(Secret::getMetadata)
                .map(meta -> meta.getName() + ":" + meta.getUid() + ":" + meta.getResourceVersion())
                .collect(Collectors.joining(","));
    }

    /** Whether the Secret is there and has that key. */
    boolean has(String name, String key) {
        return Optional.ofNullable(secrets.get(name))
                .map(Secret::getData)
                .map(data -> data.get(key))
                .filter(encoded -> !encoded.isEmpty())
                .isPresent();
    }

    Result<String> value(String path, String name, String key) {
        // a trailing newline is what `echo` leaves behind, never part of a credential
        return encoded(path, name, key)
                .map(encoded ->
                        new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).stripTrailing());
    }

    /** The value in Base64, for what is not text. */
    Result<String> encoded(String path, String name, String key) {
        Secret secret = secrets.get(name);
        if (secret == null && trusting) {
            return Result.ok("");
        }
        if (secret == null) {
            return Result.failed(new Failure.Waiting(
                    "SecretNotFound", path + ": there is no Secret '" + name + "' in this namespace; create it."));
        }
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        String encoded = data.get(key);
        if (encoded == null || encoded.isEmpty()) {
            return Result.failed(new Failure.Waiting(
                    "SecretKeyMissing",
                    path + ": the Secret '" + name + "' has no key '" + key + "', it has "
                            + new TreeSet<>(data.keySet()) + "; add the key or name another."));
        }
        return Result.ok(encoded);
    }
}
