package dev.salesforcesync.sandbox.salesforce.org;

import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which ways into an org are open, as an administrator sets them.
 *
 * @param clientKeys public keys of the certificate that was uploaded for the client; none when no certificate was
 * @param approvedUsernames who may sign in by JWT without a consent screen; the run-as user always may
 * @param adminApproval whether an administrator approves users for the client; otherwise each one for himself
 * @param passwordGrant whether the OAuth username-password flow is allowed; blocked in orgs made since Summer '23
 *     (help xcloud.remoteaccess_disable_username_password_flow_ca)
 * @param soapLogin whether login() is enabled; disabled in newly created orgs (help article 005132110)
 * @param trustedNetwork whether callers come from the org's trusted IP ranges; a password needs the security token
 *     elsewhere
 * @param lockoutAttempts wrong passwords in a row that lock a user out; 10 in new orgs
 * @param lockoutTime how long a lockout lasts; 15 minutes in new orgs
 * @param signInsPerHour sign-ins of one user in an hour; 3600 in real orgs
 * @param consumerSecretsByApi the org's setting "Allow access to External Client App consumer secrets via REST API"
 */
public record SignInPolicy(
        List<PublicKey> clientKeys,
        Set<String> approvedUsernames,
        boolean adminApproval,
        boolean passwordGrant,
        boolean soapLogin,
        boolean trustedNetwork,
        int lockoutAttempts,
        Duration lockoutTime,
        int signInsPerHour,
        boolean consumerSecretsByApi) {

    /** As in a new org, but that SOAP login() is enabled and callers come from a trusted network. */
    public static final SignInPolicy DEFAULT =
            new SignInPolicy(List.of(), Set.of(), true, false, true, true, 10, Duration.ofMinutes(15), 3_600, false);

    public SignInPolicy {
        clientKeys = List.copyOf(clientKeys);
        approvedUsernames = Set.copyOf(approvedUsernames);
    }

    /** The certificate of the client has this public key. */
    public SignInPolicy withClientKey(PublicKey key) {
        return new SignInPolicy(
                List.of(key),
                approvedUsernames,
                adminApproval,
                passwordGrant,
                soapLogin,
                trustedNetwork,
                lockoutAttempts,
                lockoutTime,
                signInsPerHour,
                consumerSecretsByApi);
    }

    /** These users, besides the run-as user, are approved for the client: by an administrator or by themselves. */
    public SignInPolicy withApproval(boolean byAdmin, Set<String> usernames) {
        return new SignInPolicy(
                clientKeys,
                usernames,
                byAdmin,
                passwordGrant,
                soapLogin,
                trustedNetwork,
                lockoutAttempts,
                lockoutTime,
                signInsPerHour,
                consumerSecretsByApi);
    }

    /** Whether OAuth's password grant and SOAP's login() are open. */
    public SignInPolicy withPasswords(boolean grant, boolean login) {
        return new SignInPolicy(
                clientKeys,
                approvedUsernames,
                adminApproval,
                grant,
                login,
                trustedNetwork,
                lockoutAttempts,
                lockoutTime,
                signInsPerHour,
                consumerSecretsByApi);
    }

    /** Callers come from an address outside the trusted ranges. */
    public SignInPolicy outsideTrustedNetworks() {
        return new SignInPolicy(
                clientKeys,
                approvedUsernames,
                adminApproval,
                passwordGrant,
                soapLogin,
                false,
                lockoutAttempts,
                lockoutTime,
                signInsPerHour,
                consumerSecretsByApi);
    }

    /** So many wrong passwords lock a user out for so long. */
    public SignInPolicy withLockout(int attempts, Duration time) {
        return new SignInPolicy(
                clientKeys,
                approvedUsernames,
                adminApproval,
                passwordGrant,
                soapLogin,
                trustedNetwork,
                attempts,
                time,
                signInsPerHour,
                consumerSecretsByApi);
    }

    /** One user may sign in so many times an hour. */
    public SignInPolicy withSignInsPerHour(int most) {
        return new SignInPolicy(
                clientKeys,
                approvedUsernames,
                adminApproval,
                passwordGrant,
                soapLogin,
                trustedNetwork,
                lockoutAttempts,
                lockoutTime,
                most,
                consumerSecretsByApi);
    }

    /** The client's key and secret can be read and rotated over REST. */
    public SignInPolicy withConsumerSecretsByApi() {
        return new SignInPolicy(
                clientKeys,
                approvedUsernames,
                adminApproval,
                passwordGrant,
                soapLogin,
                trustedNetwork,
                lockoutAttempts,
                lockoutTime,
                signInsPerHour,
                true);
    }
}
