package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy between the operator and Salesforce. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProxySpec(
        @JsonPropertyDescription("Address of the proxy, for example http://proxy.corp.example.com:3128.")
        @Required
        @Pattern(Bounds.HTTP_URL)
        @Size(min = 1, max = 253)
        String url,

        @JsonPropertyDescription(
                "Secret with the keys username and password for the proxy. Omitted: the proxy asks for none.")
        @Nullable
        LocalRef credentialsSecretRef) {

    public ProxySpec {
        url = Given.or(url, "");
    }

    /** The component {@code credentialsSecretRef}, if it is given. */
    public Optional<LocalRef> findCredentialsSecretRef() {
        return Optional.ofNullable(credentialsSecretRef);
    }
}
