package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which certificate authorities are trusted besides those of the Java runtime. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrustSpec(
        @JsonPropertyDescription(
                "Secret key with one or more CA certificates in PEM format that are trusted instead of the "
                        + "public ones. Omitted: the public certificate authorities of the Java runtime.")
        @Nullable
        SecretKeyRef caSecretRef) {

    /** The component {@code caSecretRef}, if it is given. */
    public Optional<SecretKeyRef> findCaSecretRef() {
        return Optional.ofNullable(caSecretRef);
    }
}
