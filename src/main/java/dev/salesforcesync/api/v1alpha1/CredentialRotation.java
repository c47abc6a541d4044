package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Replaces the credential of the connection from time to time: write the Secret, verify, then revoke the old one. */
@ValidationRule(
        value = "self.interval.contains('d') || duration(self.interval) >= duration('1h')",
        message = "interval must be at least 1h",
        fieldPath = ".interval")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CredentialRotation(
        @JsonPropertyDescription(
                "What is replaced: ClientSecret (the consumer secret of the External Client App) or Password "
                        + "(the integration user's password, with its security token).")
        @Required
        Credential credential,

        @JsonPropertyDescription("Age at which the credential is replaced. Default 90d.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("90d")
        String interval,

        @JsonPropertyDescription(
                "How long the old credential stays valid after the new one has been verified. Default 1h.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("1h")
        String overlap) {

    public CredentialRotation {
        credential = Given.or(credential, Credential.UNRECOGNIZED);
        interval = Given.or(interval, "90d");
        overlap = Given.or(overlap, "1h");
    }

    /** Which credential is rotated. */
    public enum Credential {
        /** The consumer secret of the External Client App. */
        @JsonProperty("ClientSecret")
        CLIENT_SECRET,

        /** The password of the integration user. */
        @JsonProperty("Password")
        PASSWORD,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Credential of(String text) {
            return Given.choice(Credential.class, text).orElse(UNRECOGNIZED);
        }
    }
}
