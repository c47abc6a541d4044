package dev.salesforcesync.directory;

import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Which servers to talk to, in order: the named ones, else those that the domain publishes in DNS. */
final class ServerDiscovery {
    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;

    private ServerDiscovery() {}

    /** One server and the port that the TLS mode wants. */
    record Server(String host, int port) {}

    static Result<List<Server>> servers(DirectorySettings settings) {
        int standardPort = settings.tls() == TlsMode.LDAPS ? LDAPS_PORT : LDAP_PORT;
        if (!settings.servers().isEmpty()) {
            List<Server> named = new ArrayList<>();
            for (URI uri : settings.servers()) {
                if (uri.getHost() == null) {
                    return invalid("A directory server's URL names no host. Write it as ldaps://dc1.example.com.");
                }
                named.add(new Server(uri.getHost(), uri.getPort() > 0 ? uri.getPort() : standardPort));
            }
            return Result.ok(named);
        }
        Optional<String> domain = settings.domain();
        if (domain.isEmpty()) {
            return invalid("Neither a domain nor a server is given. Set directory.domain or directory.servers.");
        }
        try {
            List<Server> found = lookUp(domain.get(), settings.tls() == TlsMode.LDAPS);
            return found.isEmpty() ? notInDns(domain.get()) : Result.ok(found);
        } catch (NamingException | NumberFormatException e) {
            return notInDns(domain.get());
        }
    }

    /** Domain controllers by SRV record (MS-ADTS 6.3.2.3); the record's own port is that of plain LDAP. */
    // JNDI wants a Hashtable. Its DNS provider hands out text records only; nothing is deserialised.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<Server> lookUp(String domain, boolean ldaps) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "2000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        InitialDirContext dns = new InitialDirContext(environment);
        List<Srv> records = new ArrayList<>();
        try {
            Attribute answer = dns.getAttributes("_ldap._tcp.dc._msdcs." + domain, new String[] {"SRV"})
                    .get("SRV");
            if (answer == null) {
                return List.of();
            }
            NamingEnumeration<?> values = answer.getAll();
            while (values.hasMore()) {
                records.add(Srv.parse(String.valueOf(values.next())));
            }
        } finally {
            dns.close();
        }
        return records.stream()
                .sorted(Comparator.comparingInt(Srv::priority).thenComparing(Srv::weight, Comparator.reverseOrder()))
                .map(one -> new Server(one.host(), ldaps ? LDAPS_PORT : one.port()))
                .toList();
    }

    /** One SRV record: priority, weight, port and host (RFC 2782). */
    record Srv(int priority, int weight, int port, String host) {
        private static final Pattern FORMAT = Pattern.compile("([0-9]{1,5}) +([0-9]{1,5}) +([0-9]{1,5}) +(\\S+?)\\.?");

        static Srv parse(String text) {
            Matcher record = FORMAT.matcher(text.trim());
            if (!record.matches()) {
                throw new NumberFormatException("not an SRV record");
            }
            return new Srv(
                    Integer.parseInt(record.group(1)),
                    Integer.parseInt(record.group(2)),
                    Integer.parseInt(record.group(3)),
                    record.group(4));
        }
    }

    private static Result<List<Server>> invalid(String message) {
        return Result.failed(new Failure.Terminal("DirectorySettingsInvalid", message));
    }

    private static Result<List<Server>> notInDns(String domain) {
        return Result.failed(new Failure.Transient(
                "DirectoryNotInDns",
                "DNS names no domain controller under _ldap._tcp.dc._msdcs." + domain
                        + ". Check directory.domain and the cluster's DNS, or list directory.servers."));
    }
}
