package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What an exception of the network means. Its own text is dropped: it may name hosts, paths and queries. */
final class NetworkErrors {
    private NetworkErrors() {}

    static Failure of(Throwable cause) {
        if (has(cause, UnresolvedAddressException.class) || has(cause, UnknownHostException.class)) {
            return new Failure.Transient(
                    SalesforceReason.HOST_UNKNOWN,
                    "The host of the Salesforce address has no DNS entry here. Check instanceUrl and the cluster's DNS.");
        }
        if (has(cause, CertPathBuilderException.class) || has(cause, CertificateException.class)) {
            return new Failure.Terminal(
                    SalesforceReason.CERTIFICATE_UNTRUSTED,
                    "The certificate that answers at the Salesforce address is not trusted or is for another host. "
                            + "If a proxy or a private CA stands in between, give its certificate in tls.caSecretRef.");
        }
        if (has(cause, SSLException.class)) {
            return new Failure.Transient(
                    SalesforceReason.TLS_FAILED,
                    "No TLS connection to Salesforce came about. Check what stands between the cluster and Salesforce.");
        }
        if (has(cause, ConnectException.class) || has(cause, HttpConnectTimeoutException.class)) {
            return new Failure.Transient(
                    SalesforceReason.UNREACHABLE,
                    "No connection to Salesforce came about. Check spec.instanceUrl, network policies, the firewall and the"
                            + " proxy.");
        }
        if (has(cause, HttpTimeoutException.class) || has(cause, TimeoutException.class)) {
            return new Failure.Transient(
                    SalesforceReason.TIMEOUT, "Salesforce did not answer in time. It is asked again later.");
        }
        if (has(cause, InterruptedException.class)) {
            return new Failure.Transient(SalesforceReason.INTERRUPTED, "The call was stopped because we are stopping.");
        }
        if (tunnelRefused(cause)) {
            return new Failure.Transient(
                    SalesforceReason.PROXY_REFUSED,
                    "The proxy refuses to connect to Salesforce. Allow the host of instanceUrl there.",
                    Duration.ofMinutes(1));
        }
        return new Failure.Transient(
                SalesforceReason.CONNECTION_LOST,
                "The connection to Salesforce broke before the answer was complete. It is asked again later.");
    }

    /** Whether the exception proves that the request had not been handed over, whatever its body's state. */
    static boolean beforeSending(Throwable cause) {
        return has(cause, ConnectException.class)
                || has(cause, HttpConnectTimeoutException.class)
                || has(cause, UnresolvedAddressException.class)
                || has(cause, SSLHandshakeException.class)
                || tunnelRefused(cause);
    }

    static Failure unreadable() {
        return new Failure.Transient(
                SalesforceReason.ANSWER_UNREADABLE,
                "What came back is not an answer of Salesforce's API. Check whether a proxy or a maintenance page "
                        + "stands in between.");
    }

    private static boolean tunnelRefused(Throwable cause) {
        return chain(cause, Throwable.class)
                .map(Throwable::getMessage)
                .filter(text -> text != null && text.startsWith("Tunnel failed"))
                .isPresent();
    }

    private static boolean has(Throwable cause, Class<? extends Throwable> type) {
        return chain(cause, type).isPresent();
    }

    private static <T extends Throwable> Optional<T> chain(Throwable cause, Class<T> type) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < 12; depth++) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
