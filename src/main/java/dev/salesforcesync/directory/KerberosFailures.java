package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.failure.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Kerberos says when it refuses; the only place that knows its error numbers (RFC 4120 7.5.9) and Java's texts. */
final class KerberosFailures {
    private static final Pattern NUMBER = Pattern.compile("\\(([0-9]{1,2})\\)");
    private static final Duration CLOCK_PAUSE = Duration.ofMinutes(1);

    private static final Map<Integer, Failure> BY_NUMBER = Map.of(
            6, principalUnknown(),
            7,
                    new Failure.Terminal(
                            "DirectoryServicePrincipalUnknown",
                            "Kerberos knows no service ldap/<host> for a domain controller. Write each of"
                                    + " directory.servers by the controller's own full name (dc1.corp.example.com, no"
                                    + " address and no alias), and check its names with: setspn -L <controller>."),
            12,
                    new Failure.Terminal(
                            "DirectoryLogonNotPermitted",
                            "The bind account may not log on now or from here. Remove its logon hours and its list of"
                                    + " workstations."),
            14,
                    new Failure.Terminal(
                            "DirectoryEncryptionTypeUnsupported",
                            "The keytab holds no key of a type that the domain takes. Tick AES 256 in the account's"
                                    + " options and make the keytab anew with AES keys."),
            18,
                    new Failure.Terminal(
                            "DirectoryAccountRevoked",
                            "The bind account is disabled, expired or locked out. Correct that in the directory."),
            23,
                    new Failure.Terminal(
                            "DirectoryPasswordExpired",
                            "The bind account has an expired password. Set a new one that does not expire, and make"
                                    + " the keytab anew."),
            24, keytabRejected(),
            31, keytabRejected(),
            37,
                    new Failure.Transient(
                            "DirectoryClockSkew",
                            "The clocks of this node and of the domain controller differ by more than Kerberos takes,"
                                    + " usually five minutes. Correct the time of the node (NTP).",
                            CLOCK_PAUSE),
            68, principalUnknown());

    private KerberosFailures() {}

    /** The failure, if Kerberos is what failed. */
    static Optional<Failure> of(LDAPException e) {
        boolean kerberos = false;
        StringBuilder all = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String type = cause.getClass().getName();
            kerberos |= type.equals("javax.security.auth.login.LoginException")
                    || type.equals("org.ietf.jgss.GSSException");
            all.append(cause.getMessage()).append('\n');
        }
        return kerberos ? Optional.of(classify(all.toString())) : Optional.empty();
    }

    private static Failure classify(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            Failure known = BY_NUMBER.get(Integer.parseInt(number.group(1)));
            if (known != null) {
                return known;
            }
        }
        if (lower.contains("unable to obtain password") || lower.contains("unable to obtain princpal")) {
            return keytabInvalid();
        }
        if (lower.contains("checksum failed") || lower.contains("integrity check")) {
            return keytabRejected();
        }
        if (lower.contains("encryption type")) {
            return BY_NUMBER.getOrDefault(14, keytabRejected());
        }
        return new Failure.Transient(
                "DirectoryKdcUnreachable",
                "No Kerberos service answers at the domain controllers, or not as expected. Check that port 88 (TCP) is"
                        + " open and that the principal's realm is the domain's.");
    }

    /** Whether every server would say the same of the account. */
    static boolean isAboutTheAccount(Failure failure) {
        return failure instanceof Failure.Terminal && !failure.reason().equals("DirectoryServicePrincipalUnknown");
    }

    static Failure keytabInvalid() {
        return new Failure.Terminal(
                "DirectoryKeytabInvalid",
                "The bind Secret's keytab is no keytab file, or holds no key for its principal. List it with: klist -k,"
                        + " and write the principal exactly so.");
    }

    private static Failure keytabRejected() {
        return new Failure.Terminal(
                "DirectoryKeytabRejected",
                "The key in the keytab is not the account's: its password was changed after the keytab was made. Make"
                        + " the keytab anew and put it into the bind Secret.");
    }

    private static Failure principalUnknown() {
        return new Failure.Terminal(
                "DirectoryPrincipalUnknown",
                "Kerberos does not know the bind Secret's principal. Write it as account@REALM with the domain's name in"
                        + " capitals, or create the account.");
    }
}
