package dev.salesforcesync.directory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Service records by the JVM's own DNS client, which asks again by TCP where an answer is too long for UDP. */
final class DnsServiceRecords implements ServiceRecords {
    private static final String TIMEOUT_MILLIS = "2000";
    private static final String ATTEMPTS = "2";

    private final Optional<String> server;

    /**
     * Makes a client.
     *
     * @param server whom to ask, as a dns:// URL; empty for the machine's own resolvers
     */
    DnsServiceRecords(Optional<String> server) {
        this.server = server;
    }

    // JNDI wants a Hashtable. Its DNS provider hands out text records only; nothing is deserialised.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    @Override
    public List<Srv> of(String name) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", ATTEMPTS);
        server.ifPresent(url -> environment.put("java.naming.provider.url", url));
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                return records(dns.getAttributes(name, new String[] {"SRV"}).get("SRV"));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException | NumberFormatException e) {
            throw new IOException("DNS gave no usable answer", e);
        }
    }

    private static List<Srv> records(Attribute answer) throws NamingException {
        List<Srv> records = new ArrayList<>();
        if (answer != null) {
            NamingEnumeration<?> values = answer.getAll();
            while (values.hasMore()) {
                records.add(Srv.parse(String.valueOf(values.next())));
            }
        }
        return records;
    }
}
