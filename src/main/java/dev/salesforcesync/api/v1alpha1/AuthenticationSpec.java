package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the operator signs in to Salesforce: exactly one of three ways. */
@ValidationRule(
        value =
                "[has(self.clientCredentials), has(self.jwtBearer), has(self.usernamePassword)].filter(given, given).size() == 1",
        message = "exactly one of clientCredentials, jwtBearer, usernamePassword must be given")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthenticationSpec(
        @JsonPropertyDescription("OAuth 2.0 client-credentials flow. Recommended: no user password is involved.")
        @Nullable
        ClientCredentials clientCredentials,

        @JsonPropertyDescription("OAuth 2.0 JWT bearer flow with a private key.") @Nullable
        JwtBearer jwtBearer,

        @JsonPropertyDescription(
                "Username and password of an integration user, for orgs without an External Client App.")
        @Nullable
        UsernamePassword usernamePassword) {

    /** The component {@code clientCredentials}, if it is given. */
    public Optional<ClientCredentials> findClientCredentials() {
        return Optional.ofNullable(clientCredentials);
    }

    /** The component {@code jwtBearer}, if it is given. */
    public Optional<JwtBearer> findJwtBearer() {
        return Optional.ofNullable(jwtBearer);
    }

    /** The component {@code usernamePassword}, if it is given. */
    public Optional<UsernamePassword> findUsernamePassword() {
        return Optional.ofNullable(usernamePassword);
    }

    /** OAuth 2.0 client-credentials flow: an External Client App with a run-as user. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ClientCredentials(
            @JsonPropertyDescription("Secret key with the consumer key of the External Client App.") @Required
            SecretKeyRef clientIdSecretRef,

            @JsonPropertyDescription("Secret key with the consumer secret of the External Client App.") @Required
            SecretKeyRef clientSecretSecretRef) {

        public ClientCredentials {
            clientIdSecretRef = Given.or(clientIdSecretRef, SecretKeyRef.class);
            clientSecretSecretRef = Given.or(clientSecretSecretRef, SecretKeyRef.class);
        }
    }

    /** OAuth 2.0 JWT bearer flow: a certificate instead of a shared secret. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record JwtBearer(
            @JsonPropertyDescription("Salesforce username of the integration user the token is issued for.")
            @Required
            @Size(min = 3, max = 80)
            String username,

            @JsonPropertyDescription(
                    "Audience of the assertion, for example https://test.salesforce.com. Omitted: the login host that the "
                            + "instance URL belongs to, where it is a My Domain of production or of a sandbox.")
            @Pattern(Bounds.HTTP_URL)
            @Size(min = 1, max = 253)
            @Nullable
            String audience,

            @JsonPropertyDescription("Secret key with the consumer key of the External Client App.") @Required
            SecretKeyRef clientIdSecretRef,

            @JsonPropertyDescription(
                    "Secret key with the RSA private key in PEM format (PKCS#8 or PKCS#1) whose certificate is uploaded to "
                            + "the External Client App.")
            @Required
            SecretKeyRef privateKeySecretRef) {

        public JwtBearer {
            username = Given.or(username, "");
            clientIdSecretRef = Given.or(clientIdSecretRef, SecretKeyRef.class);
            privateKeySecretRef = Given.or(privateKeySecretRef, SecretKeyRef.class);
        }

        /** The component {@code audience}, if it is given. */
        public Optional<String> findAudience() {
            return Optional.ofNullable(audience);
        }
    }

    /** Username and password: OAuth password grant when a client id is given, else SOAP login(). */
    @ValidationRule(
            value = "has(self.clientIdSecretRef) == has(self.clientSecretSecretRef)",
            message = "clientIdSecretRef and clientSecretSecretRef must be given together")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record UsernamePassword(
            @JsonPropertyDescription("Salesforce username of the integration user.") @Required @Size(min = 3, max = 80)
            String username,

            @JsonPropertyDescription("Secret key with the password of the integration user.") @Required
            SecretKeyRef passwordSecretRef,

            @JsonPropertyDescription(
                    "Secret key with the security token that is appended to the password. Omitted: none, the "
                            + "address of the operator is trusted by the org.")
            @Nullable
            SecretKeyRef securityTokenSecretRef,

            @JsonPropertyDescription(
                    "Secret key with a consumer key. Given: OAuth password grant. Omitted: SOAP login(), which "
                            + "Salesforce offers up to API version 64.0 only.")
            @Nullable
            SecretKeyRef clientIdSecretRef,

            @JsonPropertyDescription("Secret key with the consumer secret that belongs to the consumer key.") @Nullable
            SecretKeyRef clientSecretSecretRef) {

        public UsernamePassword {
            username = Given.or(username, "");
            passwordSecretRef = Given.or(passwordSecretRef, SecretKeyRef.class);
        }

        /** The component {@code securityTokenSecretRef}, if it is given. */
        public Optional<SecretKeyRef> findSecurityTokenSecretRef() {
            return Optional.ofNullable(securityTokenSecretRef);
        }

        /** The component {@code clientIdSecretRef}, if it is given. */
        public Optional<SecretKeyRef> findClientIdSecretRef() {
            return Optional.ofNullable(clientIdSecretRef);
        }

        /** The component {@code clientSecretSecretRef}, if it is given. */
        public Optional<SecretKeyRef> findClientSecretSecretRef() {
            return Optional.ofNullable(clientSecretSecretRef);
        }
    }
}
