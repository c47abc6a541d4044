package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.Completeness.Unproven;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Turns everything that LDAP can say into one failure; the only place that knows result codes and error texts. */
final class LdapFailures {
    /** The Win32 error inside AD's text for a refused bind (MS-ERREF 2.2). */
    private static final Pattern DATA = Pattern.compile("data ([0-9a-fA-F]{1,8})\\b");

    private static final Duration LOCKOUT_PAUSE = Duration.ofMinutes(15);

    private static final Map<String, Failure> REFUSED_BINDS = Map.of(
            "525", rejected(),
            "52e", rejected(),
            "530", terminal("DirectoryLogonNotPermitted", "may not log on at this time. Remove its logon hours."),
            "531", terminal("DirectoryLogonNotPermitted", "may not log on from here. Remove its list of workstations."),
            "532", terminal("DirectoryPasswordExpired", "has an expired password. Set a new one, in the Secret too."),
            "533", terminal("DirectoryAccountDisabled", "is disabled. Enable it in the directory."),
            "701", terminal("DirectoryAccountExpired", "has expired. Extend it in the directory."),
            "773",
                    terminal(
                            "DirectoryPasswordMustChange",
                            "must change its password first. Set a new one without that demand, in the Secret too."),
            "775",
                    new Failure.Transient(
                            "DirectoryAccountLocked",
                            "The bind account is locked out. Unlock it, and find who tries wrong passwords.",
                            LOCKOUT_PAUSE));

    private static final Set<ResultCode> CONNECTION = Set.of(
            ResultCode.SERVER_DOWN,
            ResultCode.CONNECT_ERROR,
            ResultCode.TIMEOUT,
            ResultCode.DECODING_ERROR,
            ResultCode.ENCODING_ERROR,
            ResultCode.LOCAL_ERROR);

    private LdapFailures() {}

    /** Whether the connection can no longer be used after this. */
    static boolean breaksConnection(LDAPException e) {
        return CONNECTION.contains(e.getResultCode()) || !e.getResultCode().isConnectionUsable();
    }

    /** Whether every server of the domain would refuse this account; to ask the next one would only count against it. */
    static boolean refusesAccount(LDAPException e) {
        ResultCode code = e.getResultCode();
        return code.equals(ResultCode.INVALID_CREDENTIALS)
                || code.equals(ResultCode.PARAM_ERROR)
                || code.equals(ResultCode.INVALID_DN_SYNTAX)
                || KerberosFailures.of(e)
                        .filter(KerberosFailures::isAboutTheAccount)
                        .isPresent();
    }

    /** Classifies what came of connecting, binding or asking the server about itself. */
    static Failure of(LDAPException e) {
        ResultCode code = e.getResultCode();
        Optional<Failure> protocol = ofTls(e).or(() -> KerberosFailures.of(e));
        if (protocol.isPresent()) {
            return protocol.get();
        }
        if (code.equals(ResultCode.INVALID_CREDENTIALS)) {
            return ofBind(String.valueOf(e.getDiagnosticMessage()));
        }
        if (code.equals(ResultCode.PARAM_ERROR) || code.equals(ResultCode.INVALID_DN_SYNTAX)) {
            return new Failure.Terminal(
                    "DirectoryCredentialsInvalid",
                    "The bind Secret holds an empty password or a malformed bindDN. Correct it.");
        }
        if (code.equals(ResultCode.STRONG_AUTH_REQUIRED) || code.equals(ResultCode.CONFIDENTIALITY_REQUIRED)) {
            return new Failure.Terminal(
                    "DirectoryTlsRequired", "The server takes binds over TLS only. Set directory.tls.mode.");
        }
        if (code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
            return new Failure.Terminal(
                    "DirectoryAccessDenied", "The bind account has no right to do this. Grant it read access.");
        }
        if (code.equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)) {
            return new Failure.Terminal(
                    "DirectoryUnsupported", "The server lacks a control that AD has. Is it a domain controller?");
        }
        if (CONNECTION.contains(code)) {
            return new Failure.Transient("DirectoryUnreachable", unreachable(e));
        }
        return new Failure.Transient(
                "DirectoryUnavailable",
                "The directory answered with result " + code.intValue() + " (" + code.getName() + ").");
    }

    /**
     * Classifies what came of one of the policy's searches.
     *
     * @param number which search, 1 being the first
     */
    static Failure ofSearch(LDAPException e, int number) {
        ResultCode code = e.getResultCode();
        if (code.equals(ResultCode.NO_SUCH_OBJECT)) {
            return new Failure.Terminal(
                    "DirectoryBaseNotFound",
                    "The baseDN of search " + number + " does not exist or the bind account may not see it. Correct"
                            + " scope.searches or grant list and read on it.");
        }
        if (code.equals(ResultCode.INVALID_DN_SYNTAX)) {
            return baseInvalid(number);
        }
        if (code.equals(ResultCode.FILTER_ERROR) || code.equals(ResultCode.INAPPROPRIATE_MATCHING)) {
            return filterInvalid(number);
        }
        return of(e);
    }

    /** What the policy's way to follow changes needs and does not have. */
    static Failure cannotFollow(LDAPException e, String namingContext) {
        if (!e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
            return of(e);
        }
        return new Failure.Terminal(
                "DirectoryReplicationRightMissing",
                "The bind account lacks the right Replicating Directory Changes. Grant it with: dsacls \""
                        + namingContext + "\" /G \"<account>:CA;Replicating Directory Changes\" (Windows) or samba-tool"
                        + " dsacl set --objectdn=" + namingContext
                        + " --action=allow --sddl=\"(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;<SID>)\" (Samba);"
                        + " or set directory.changes.mode to Auto.");
    }

    static Failure filterInvalid(int number) {
        return new Failure.Terminal(
                "DirectoryFilterInvalid",
                "The filter of search " + number + " is not a valid LDAP filter (RFC 4515). Correct scope.searches.");
    }

    static Failure baseInvalid(int number) {
        return new Failure.Terminal(
                "DirectoryBaseInvalid",
                "The baseDN of search " + number + " is not a distinguished name. Correct scope.searches.");
    }

    /** The reason why a search's answer is only a part, when that is what the code says. */
    static Optional<Unproven> truncation(ResultCode code) {
        return switch (code.intValue()) {
            case ResultCode.TIME_LIMIT_EXCEEDED_INT_VALUE ->
                Optional.of(new Unproven(
                        "TimeLimitExceeded",
                        "The server ended a search at its time limit. Narrow the search or use indexed attributes."));
            case ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE ->
                Optional.of(
                        new Unproven(
                                "SizeLimitExceeded",
                                "The server ended a search at its size limit. Narrow the search or raise the server's limits."));
            case ResultCode.ADMIN_LIMIT_EXCEEDED_INT_VALUE ->
                Optional.of(new Unproven(
                        "AdminLimitExceeded",
                        "The server ended a search at an administrative limit. Narrow the search or raise the limit."));
            case ResultCode.REFERRAL_INT_VALUE -> Optional.of(referral());
            default -> Optional.empty();
        };
    }

    static Unproven referral() {
        return new Unproven(
                "ReferralNotFollowed",
                "A part of the tree is on another server. Read each domain by a policy of its own.");
    }

    private static Failure ofBind(String diagnostic) {
        Matcher data = DATA.matcher(diagnostic);
        return data.find()
                ? REFUSED_BINDS.getOrDefault(data.group(1).toLowerCase(Locale.ROOT), rejected())
                : rejected();
    }

    private static Optional<Failure> ofTls(LDAPException e) {
        boolean certificate = false;
        boolean handshake = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            certificate |= cause instanceof CertificateException;
            handshake |= cause instanceof SSLException;
        }
        String text = String.valueOf(e.getMessage());
        if (certificate || text.contains("PKIX path") || text.contains("unable to find valid certification path")) {
            return Optional.of(new Failure.Terminal(
                    "DirectoryCertificateUntrusted",
                    "The domain controller's certificate is not signed by a trusted authority. Put the right CA"
                            + " certificate into the Secret that directory.tls.caSecretRef names."));
        }
        if (text.contains("hostname") && text.contains("certificate")) {
            return Optional.of(new Failure.Terminal(
                    "DirectoryHostNameMismatch",
                    "The domain controller's certificate is for another host name. Use the name in the certificate in"
                            + " directory.servers."));
        }
        return handshake
                ? Optional.of(new Failure.Transient(
                        "DirectoryTlsFailed", "The TLS handshake failed. Does the port speak the chosen TLS mode?"))
                : Optional.empty();
    }

    private static String unreachable(LDAPException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "A domain controller's host name is not known to DNS. Check directory.servers.";
            }
        }
        return e.getResultCode().equals(ResultCode.TIMEOUT)
                ? "The domain controller did not answer in time."
                : "No domain controller can be reached. Check directory.servers, the network policy and the firewall.";
    }

    private static Failure rejected() {
        return new Failure.Terminal(
                "DirectoryCredentialsRejected",
                "The directory refused the bind account's name or password. Correct the bind Secret.");
    }

    private static Failure terminal(String reason, String rest) {
        return new Failure.Terminal(reason, "The bind account " + rest);
    }
}
