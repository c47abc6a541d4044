package dev.salesforcesync.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one Salesforce org is reached and what may be done there. */
@ValidationRule(
        value =
                "!has(self.authentication.usernamePassword) || has(self.authentication.usernamePassword.clientIdSecretRef) || double(self.apiVersion) <= 64.0",
        message =
                "usernamePassword without clientIdSecretRef is SOAP login(), which exists up to apiVersion 64.0 only: must be given a clientIdSecretRef or a lower apiVersion",
        fieldPath = ".authentication.usernamePassword")
@ValidationRule(
        value = "self.probeInterval.contains('d') || duration(self.probeInterval) >= duration('10s')",
        message = "probeInterval must be at least 10s",
        fieldPath = ".probeInterval")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SalesforceConnectionSpec(
        @JsonPropertyDescription(
                "My Domain address of the org, for example https://example.my.salesforce.com. A sandbox or "
                        + "government-cloud host is written out, never derived. Hosts outside Salesforce's own domains "
                        + "and plain http must be allowed by the operator's configuration.")
        @Required
        @Pattern(Bounds.HTTP_URL)
        @Size(min = 1, max = 253)
        String instanceUrl,

        @JsonPropertyDescription("Version of the Salesforce API that is spoken. Default 65.0.")
        @Pattern(Bounds.API_VERSION)
        @Size(min = 4, max = 5)
        @Default("65.0")
        String apiVersion,

        @JsonPropertyDescription(
                "How the operator signs in: exactly one of clientCredentials, jwtBearer, usernamePassword.")
        @Required
        AuthenticationSpec authentication,

        @JsonPropertyDescription("Which certificate authorities are trusted. Omitted: the public ones.") @Nullable
        TrustSpec tls,

        @JsonPropertyDescription("HTTP proxy between the operator and Salesforce. Omitted: none.") @Nullable
        ProxySpec proxy,

        @JsonPropertyDescription("How much of the org's API the operator may use.") @Default("{}")
        ApiBudget apiBudget,

        @JsonPropertyDescription(
                "Text at the end of usernames, as sandboxes need it, for example .uat: appended to the "
                        + "default username, and org.?usernameSuffix in expressions. Omitted: none.")
        @Pattern(Bounds.USERNAME_SUFFIX)
        @Size(min = 1, max = 40)
        @Nullable
        String usernameSuffix,

        @JsonPropertyDescription("Salesforce users that are never changed, whatever a policy says.") @Default("{}")
        ProtectedUsers protectedUsers,

        @JsonPropertyDescription("Profiles and permission sets that policies on this connection may grant.")
        @Default("{}")
        Grantable grantable,

        @JsonPropertyDescription("Replaces the credential of this connection from time to time. Omitted: never.")
        @Nullable
        CredentialRotation credentialRotation,

        @JsonPropertyDescription(
                "Another connection that may reset this integration user after a refused sign-in. Omitted: "
                        + "none, a person does it.")
        @Nullable
        RecoverWith recoverWith,

        @JsonPropertyDescription(
                "Where the operator reports what people should know. Omitted: conditions, events and metrics only.")
        @Nullable
        Notification notification,

        @JsonPropertyDescription("Time between two tests of the connection. Default 5m, at least 10s.")
        @Pattern(Bounds.DURATION)
        @Size(min = 2, max = 20)
        @Default("5m")
        String probeInterval,

        @JsonPropertyDescription(
                "Epoch of a lost ledger, copied from the condition message, with which a person says: go on "
                        + "without it. Until then nobody is created or deactivated. Omitted: no loss is accepted.")
        @Pattern(Bounds.TOKEN)
        @Size(min = 1, max = 128)
        @Nullable
        String acceptLedgerLoss) {

    public SalesforceConnectionSpec {
        instanceUrl = Given.or(instanceUrl, "");
        apiVersion = Given.or(apiVersion, "65.0");
        authentication = Given.or(authentication, AuthenticationSpec.class);
        apiBudget = Given.or(apiBudget, ApiBudget.class);
        protectedUsers = Given.or(protectedUsers, ProtectedUsers.class);
        grantable = Given.or(grantable, Grantable.class);
        probeInterval = Given.or(probeInterval, "5m");
    }

    /** The component {@code tls}, if it is given. */
    public Optional<TrustSpec> findTls() {
        return Optional.ofNullable(tls);
    }

    /** The component {@code proxy}, if it is given. */
    public Optional<ProxySpec> findProxy() {
        return Optional.ofNullable(proxy);
    }

    /** The component {@code usernameSuffix}, if it is given. */
    public Optional<String> findUsernameSuffix() {
        return Optional.ofNullable(usernameSuffix);
    }

    /** The component {@code credentialRotation}, if it is given. */
    public Optional<CredentialRotation> findCredentialRotation() {
        return Optional.ofNullable(credentialRotation);
    }

    /** The component {@code recoverWith}, if it is given. */
    public Optional<RecoverWith> findRecoverWith() {
        return Optional.ofNullable(recoverWith);
    }

    /** The component {@code notification}, if it is given. */
    public Optional<Notification> findNotification() {
        return Optional.ofNullable(notification);
    }

    /** The component {@code acceptLedgerLoss}, if it is given. */
    public Optional<String> findAcceptLedgerLoss() {
        return Optional.ofNullable(acceptLedgerLoss);
    }

    /** Another connection that may reset this integration user after a refused sign-in. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RecoverWith(
            @JsonPropertyDescription("The SalesforceConnection that may reset the integration user of this one.")
            @Required
            LocalRef connectionRef) {

        public RecoverWith {
            connectionRef = Given.or(connectionRef, LocalRef.class);
        }
    }

    /** Where the operator reports what people should know. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Notification(
            @JsonPropertyDescription(
                    "Secret key with the URL to which CloudEvents are posted. The URL is a secret because it "
                            + "often carries a token.")
            @Required
            SecretKeyRef webhookSecretRef) {

        public Notification {
            webhookSecretRef = Given.or(webhookSecretRef, SecretKeyRef.class);
        }
    }
}
