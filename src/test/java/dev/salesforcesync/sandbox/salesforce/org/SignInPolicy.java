package dev.salesforcesync.sandbox.salesforce.org;

import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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
 * @param genericHosts names under which callers reach no org in particular: no client credentials there (help
 *     xcloud.remoteaccess_oauth_client_credentials_flow)
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
        Set<String> genericHosts,
        boolean consumerSecretsByApi) {

    /** As in a new org, but that SOAP login() is enabled and callers come from a trusted network. */
    public static final SignInPolicy DEFAULT = new SignInPolicy(
            List.of(),
            Set.of(),
            true,
            false,
            true,
            true,
            10,
            Duration.ofMinutes(15),
            3_600,
            Set.of("login.salesforce.com", "test.salesforce.com"),
            false);

    public SignInPolicy {
        clientKeys = List.copyOf(clientKeys);
        approvedUsernames = Set.copyOf(approvedUsernames);
        genericHosts = Set.copyOf(genericHosts);
    }

    /** The certificate of the client has this public key. */
    public SignInPolicy withClientKey(PublicKey key) {
        return edited(edit -> edit.clientKeys = List.of(key));
    }

    /** These users, besides the run-as user, are approved for the client: by an administrator or by themselves. */
    public SignInPolicy withApproval(boolean byAdmin, Set<String> usernames) {
        return edited(edit -> {
            edit.adminApproval = byAdmin;
            edit.approvedUsernames = usernames;
        });
    }

    /** Whether OAuth's password grant and SOAP's login() are open. */
    public SignInPolicy withPasswords(boolean grant, boolean login) {
        return edited(edit -> {
            edit.passwordGrant = grant;
            edit.soapLogin = login;
        });
    }

    /** Callers come from an address outside the trusted ranges. */
    public SignInPolicy outsideTrustedNetworks() {
        return edited(edit -> edit.trustedNetwork = false);
    }

    /** So many wrong passwords lock a user out for so long. */
    public SignInPolicy withLockout(int attempts, Duration time) {
        return edited(edit -> {
            edit.lockoutAttempts = attempts;
            edit.lockoutTime = time;
        });
    }

    /** One user may sign in so many times an hour. */
    public SignInPolicy withSignInsPerHour(int most) {
        return edited(edit -> edit.signInsPerHour = most);
    }

    /** These host names are generic, besides those of Salesforce. */
    public SignInPolicy withGenericHosts(String... names) {
        return edited(edit -> {
            var all = new HashSet<>(genericHosts);
            all.addAll(List.of(names));
            edit.genericHosts = all;
        });
    }

    /** The client's key and secret can be read and rotated over REST. */
    public SignInPolicy withConsumerSecretsByApi() {
        return edited(edit -> edit.consumerSecretsByApi = true);
    }

    private SignInPolicy edited(Consumer<Edit> change) {
        var edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    private static final class Edit {
        private List<PublicKey> clientKeys;
        private Set<String> approvedUsernames;
        private boolean adminApproval;
        private boolean passwordGrant;
        private boolean soapLogin;
        private boolean trustedNetwork;
        private int lockoutAttempts;
        private Duration lockoutTime;
        private int signInsPerHour;
        private Set<String> genericHosts;
        private boolean consumerSecretsByApi;

        private Edit(SignInPolicy policy) {
            clientKeys = policy.clientKeys;
            approvedUsernames = policy.approvedUsernames;
            adminApproval = policy.adminApproval;
            passwordGrant = policy.passwordGrant;
            soapLogin = policy.soapLogin;
            trustedNetwork = policy.trustedNetwork;
            lockoutAttempts = policy.lockoutAttempts;
            lockoutTime = policy.lockoutTime;
            signInsPerHour = policy.signInsPerHour;
            genericHosts = policy.genericHosts;
            consumerSecretsByApi = policy.consumerSecretsByApi;
        }

        private SignInPolicy done() {
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
                    genericHosts,
                    consumerSecretsByApi);
        }
    }
}
