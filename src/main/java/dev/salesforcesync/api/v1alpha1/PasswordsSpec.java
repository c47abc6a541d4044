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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether passwords follow the directory. */
@ValidationRule(
        value = "self.mode != 'Capture' || (has(self.agents) && (has(self.agents.passSync) || has(self.agents.json) || "
                + "has(self.agents.midPoint)))",
        message = "agents must name at least one of passSync, json and midPoint when mode is Capture: a password that "
                + "no agent hands over is not captured",
        fieldPath = ".agents")
@ValidationRule(
        value = "self.fallback == 'None' || self.mode == 'Capture'",
        message = "fallback must be None unless mode is Capture",
        fieldPath = ".fallback")
@ValidationRule(
        value = "self.timeToLive.contains('d') ? self.timeToLive in ['1d', '2d', '3d', '4d', '5d', '6d', '7d'] : "
                + "(duration(self.timeToLive) >= duration('5m') && duration(self.timeToLive) <= duration('168h'))",
        message = "timeToLive must be from 5m to 7d; with days, whole days alone",
        fieldPath = ".timeToLive")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PasswordsSpec(
        @JsonPropertyDescription(
                "None; Capture (a password changed in the directory is set in Salesforce too; an agent on the domain "
                        + "controllers hands it to the operator's intake) or ResetEmail (Salesforce sends its reset mail "
                        + "when somebody becomes active for the first time, and when his password changed in the "
                        + "directory). Default None.")
        @Default("None")
        PasswordMode mode,

        @JsonPropertyDescription(
                "Whether who is locked out of Salesforce is let in again when his password was set there, or when a "
                        + "lockout of his account in the directory has ended. Default true.")
        @Default("true")
        Boolean unlock,

        @JsonPropertyDescription(
                "What happens when Salesforce refuses a captured password by its own password policy: None (it is "
                        + "reported) or ResetEmail (Salesforce sends its reset mail). Default None.")
        @Default("None")
        Fallback fallback,

        @JsonPropertyDescription(
                "How long a captured password that can't be set yet is kept, sealed: while Salesforce or the directory "
                        + "can't be reached, and for somebody who has no Salesforce user yet. Then it is erased. From 5m "
                        + "to 7d. Default 24h.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("24h")
        String timeToLive,

        @JsonPropertyDescription(
                "Which agents may hand passwords over, and by which credentials they are known. Each that is left out is "
                        + "refused. Needed with the mode Capture.")
        @Nullable
        Agents agents) {

    public PasswordsSpec {
        mode = Given.or(mode, PasswordMode.NONE);
        unlock = Given.or(unlock, true);
        fallback = Given.or(fallback, Fallback.NONE);
        timeToLive = Given.or(timeToLive, "24h");
    }

    /** The component {@code agents}, if it is given. */
    public Optional<Agents> findAgents() {
        return Optional.ofNullable(agents);
    }

    /** Which agents may hand passwords over. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Agents(
            @JsonPropertyDescription("The PassSync service of 389 Directory Server and FreeIPA, by LDAPS. It binds as "
                    + "cn=NAME,ou=NAMESPACE,cn=passwords of this policy.")
            @Nullable
            PassSync passSync,

            @JsonPropertyDescription("Agents that post JSON, such as the script for samba-tool user syncpasswords, to "
                    + "/v1/policies/NAMESPACE/NAME/passwords of this policy.")
            @Nullable
            Json json,

            @JsonPropertyDescription("The midPoint Password Agent for Active Directory; its base URL is "
                    + "https://HOST/midpoint/NAMESPACE/NAME of this policy.")
            @Nullable
            MidPoint midPoint) {

        /** The component {@code passSync}, if it is given. */
        public Optional<PassSync> findPassSync() {
            return Optional.ofNullable(passSync);
        }

        /** The component {@code json}, if it is given. */
        public Optional<Json> findJson() {
            return Optional.ofNullable(json);
        }

        /** The component {@code midPoint}, if it is given. */
        public Optional<MidPoint> findMidPoint() {
            return Optional.ofNullable(midPoint);
        }
    }

    /** The PassSync service. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PassSync(
            @JsonPropertyDescription(
                    "Secret with the key password: the password of the service's bind. While a key previousPassword is "
                            + "there too, that one is let in as well, so that controllers can be changed one by one.")
            @Required
            LocalRef credentialsSecretRef) {

        public PassSync {
            credentialsSecretRef = Given.or(credentialsSecretRef, LocalRef.class);
        }
    }

    /** Agents that post JSON. */
    @ValidationRule(
            value = "has(self.tokenSecretRef) || (has(self.clientNames) && self.clientNames.size() > 0)",
            message = "tokenSecretRef or clientNames must be given")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Json(
            @JsonPropertyDescription(
                    "Secret with the key token: the bearer token, at least 32 characters. While a key previousToken is "
                            + "there too, that one is let in as well.")
            @Nullable
            LocalRef tokenSecretRef,

            @JsonPropertyDescription(
                    "DNS names in client certificates that are let in, as subjectAltName; needs certificate authorities "
                            + "for clients in the installation's TLS Secret (key ca.crt). With a token given too, either "
                            + "is enough.")
            @Size(max = 32)
            List<@Size(min = 1, max = 253) @Pattern(Bounds.DOMAIN) String> clientNames) {

        public Json {
            clientNames = Given.list(clientNames);
        }

        /** The component {@code tokenSecretRef}, if it is given. */
        public Optional<LocalRef> findTokenSecretRef() {
            return Optional.ofNullable(tokenSecretRef);
        }
    }

    /** The midPoint Password Agent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record MidPoint(
            @JsonPropertyDescription(
                    "Secret with the keys username and password (type kubernetes.io/basic-auth) of the agent; "
                            + "previousPassword is let in as well while it is there.")
            @Required
            LocalRef credentialsSecretRef) {

        public MidPoint {
            credentialsSecretRef = Given.or(credentialsSecretRef, LocalRef.class);
        }
    }

    /** How passwords follow. */
    public enum PasswordMode {
        /** Not at all. */
        @JsonProperty("None")
        NONE,

        /** Changed passwords are handed on. */
        @JsonProperty("Capture")
        CAPTURE,

        /** Salesforce sends its reset mail. */
        @JsonProperty("ResetEmail")
        RESET_EMAIL,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static PasswordMode of(String text) {
            return Given.choice(PasswordMode.class, text).orElse(UNRECOGNIZED);
        }
    }

    /** What happens to a refused password. */
    public enum Fallback {
        /** It is reported. */
        @JsonProperty("None")
        NONE,

        /** Salesforce sends its reset mail. */
        @JsonProperty("ResetEmail")
        RESET_EMAIL,

        /** A value this version does not know, see {@link Unrecognized}. */
        @JsonProperty("Unrecognized")
        UNRECOGNIZED;

        @JsonCreator
        static Fallback of(String text) {
            return Given.choice(Fallback.class, text).orElse(UNRECOGNIZED);
        }
    }
}
