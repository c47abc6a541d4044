package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.AuthenticationSpec;
import dev.salesforcesync.api.v1alpha1.SalesforceConnectionSpec;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.salesforce.JwtAudience;
import dev.salesforcesync.salesforce.SalesforceReason;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Turns {@code spec.authentication} and its Secrets into a way in. */
final class SignInTranslation {
    private static final String PATH = "spec.authentication.";

    private SignInTranslation() {}

    static Result<Authentication> translate(SalesforceConnectionSpec spec, URI instanceUrl, SecretLookup secrets) {
        AuthenticationSpec given = spec.authentication();
        if (given.findJwtBearer().isPresent()) {
            return jwtBearer(given.findJwtBearer().get(), instanceUrl, secrets);
        }
        if (given.findUsernamePassword().isPresent()) {
            return usernamePassword(given.findUsernamePassword().get(), spec.apiVersion(), secrets);
        }
        return given.findClientCredentials()
                .map(client -> clientCredentials(client, secrets))
                .orElseGet(() -> Result.failed(NotBuilt.unknownValues(List.of("spec.authentication"))));
    }

    /** Whether the way in is SOAP login(), which Salesforce ends with Summer '27. */
    static boolean isSoapLogin(SalesforceConnectionSpec spec) {
        return spec.authentication()
                .findUsernamePassword()
                .filter(way -> way.findClientIdSecretRef().isEmpty())
                .isPresent();
    }

    private static Result<Authentication> clientCredentials(
            AuthenticationSpec.ClientCredentials way, SecretLookup secrets) {
        String path = PATH + "clientCredentials.";
        return secrets.value(path + "clientIdSecretRef", way.clientIdSecretRef())
                .flatMap(id -> secrets.value(path + "clientSecretSecretRef", way.clientSecretSecretRef())
                        .map(secret -> new Authentication.ClientCredentials(id, secret)));
    }

    private static Result<Authentication> jwtBearer(
            AuthenticationSpec.JwtBearer way, URI instanceUrl, SecretLookup secrets) {
        String path = PATH + "jwtBearer.";
        Optional<String> audience = way.findAudience().or(() -> JwtAudience.of(instanceUrl));
        if (audience.isEmpty()) {
            return Result.failed(new Failure.Terminal(
                    SalesforceReason.AUDIENCE_MISSING,
                    path
                            + "audience cannot be told from spec.instanceUrl; write out the login host that the org belongs"
                            + " to, such as https://login.salesforce.com."));
        }
        return secrets.value(path + "clientIdSecretRef", way.clientIdSecretRef())
                .flatMap(id -> secrets.value(path + "privateKeySecretRef", way.privateKeySecretRef())
                        .map(key -> new Authentication.JwtBearer(id, way.username(), key, audience.get())));
    }

    private static Result<Authentication> usernamePassword(
            AuthenticationSpec.UsernamePassword way, String apiVersion, SecretLookup secrets) {
        String path = PATH + "usernamePassword.";
        Result<String> password = secrets.value(path + "passwordSecretRef", way.passwordSecretRef())
                .flatMap(secret -> secrets.optional(path + "securityTokenSecretRef", way.findSecurityTokenSecretRef())
                        .map(token -> secret + token.orElse("")));
        if (way.findClientIdSecretRef().isEmpty()) {
            return Double.parseDouble(apiVersion) > Authentication.SoapLogin.LAST_VERSION
                    ? Result.failed(new Failure.Terminal(
                            SalesforceReason.LOGIN_UNAVAILABLE,
                            path
                                    + "clientIdSecretRef is missing: without it the way in is SOAP login(), which exists up"
                                    + " to apiVersion 64.0 only. Add it, or use clientCredentials or jwtBearer."))
                    : password.map(secret -> new Authentication.SoapLogin(way.username(), secret));
        }
        return secrets.optional(path + "clientIdSecretRef", way.findClientIdSecretRef())
                .flatMap(id -> secrets.optional(path + "clientSecretSecretRef", way.findClientSecretSecretRef())
                        .flatMap(secret -> password.map(word -> new Authentication.PasswordGrant(
                                id.orElse(""), secret.orElse(""), way.username(), word))));
    }
}
