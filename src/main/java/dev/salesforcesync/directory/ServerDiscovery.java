package dev.salesforcesync.directory;

import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ServiceRecords.Srv;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Which servers to talk to, in order: the named ones, else those that the domain publishes in DNS. */
final class ServerDiscovery {
    private static final int LDAPS_PORT = 636;
    private static final int LDAP_PORT = 389;

    private final DirectorySettings settings;
    private final ServiceRecords records;
    private final Random random;

    ServerDiscovery(DirectorySettings settings, ServiceRecords records, Random random) {
        this.settings = settings;
        this.records = records;
        this.random = random;
    }

    /** One server and the port that the TLS mode wants. */
    record Server(String host, int port) {}

    /** What DNS says: the servers of the site, if one is given, and those of the whole domain. */
    record Published(Set<Srv> site, Set<Srv> domain) {
        Published {
            site = Set.copyOf(site);
            domain = Set.copyOf(domain);
        }
    }

    boolean usesDns() {
        return settings.servers().isEmpty();
    }

    /** The servers that the settings name, in their order. */
    Result<List<Server>> named() {
        int standardPort = ldaps() ? LDAPS_PORT : LDAP_PORT;
        List<Server> named = new ArrayList<>();
        for (URI uri : settings.servers()) {
            if (uri.getHost() == null) {
                return invalid("A directory server's URL names no host. Write it as ldaps://dc1.example.com.");
            }
            named.add(new Server(uri.getHost(), uri.getPort() > 0 ? uri.getPort() : standardPort));
        }
        return Result.ok(named);
    }

    /** Asks DNS for the domain controllers (MS-ADTS 6.3.2.3). */
    Result<Published> lookUp() {
        if (settings.domain().isEmpty()) {
            return invalid("Neither a domain nor a server is given. Set directory.domain or directory.servers.");
        }
        String domain = settings.domain().get();
        try {
            Set<Srv> site = new LinkedHashSet<>();
            if (settings.site().isPresent()) {
                site.addAll(usable("_ldap._tcp." + settings.site().get() + "._sites.dc._msdcs." + domain));
            }
            Set<Srv> all = new LinkedHashSet<>(usable("_ldap._tcp.dc._msdcs." + domain));
            if (site.isEmpty() && all.isEmpty()) {
                return notInDns("DNS names no domain controller under _ldap._tcp.dc._msdcs." + domain);
            }
            return Result.ok(new Published(site, all));
        } catch (IOException e) {
            return notInDns("DNS gives no usable answer for _ldap._tcp.dc._msdcs." + domain);
        }
    }

    private List<Srv> usable(String name) throws IOException {
        return records.of(name).stream().filter(Srv::namesAServer).toList();
    }

    /** The site's servers, then the others; the record's own port is that of plain LDAP. */
    List<Server> inOrder(Published published) {
        Set<Server> servers = new LinkedHashSet<>();
        for (Set<Srv> part : List.of(published.site(), published.domain())) {
            byPriority(part).forEach(one -> servers.add(new Server(one.host(), ldaps() ? LDAPS_PORT : one.port())));
        }
        return List.copyOf(servers);
    }

    private boolean ldaps() {
        return settings.tls() == TlsMode.LDAPS;
    }

    private List<Srv> byPriority(Set<Srv> part) {
        TreeMap<Integer, List<Srv>> priorities = new TreeMap<>();
        part.stream()
                // A set has no order of its own: the same answer and the same random numbers give the same order.
                .sorted(Comparator.comparing(Srv::toString))
                .forEach(one -> priorities
                        .computeIfAbsent(one.priority(), any -> new ArrayList<>())
                        .add(one));
        List<Srv> ordered = new ArrayList<>();
        priorities.values().forEach(same -> ordered.addAll(byWeight(same)));
        return ordered;
    }

    /** The selection of RFC 2782: each record comes first in proportion to its weight. */
    private List<Srv> byWeight(List<Srv> same) {
        List<Srv> left = new ArrayList<>(same);
        Collections.shuffle(left, random);
        left.sort(Comparator.comparing(one -> one.weight() > 0));
        List<Srv> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int sum = left.stream().mapToInt(Srv::weight).sum();
            int drawn = random.nextInt(sum + 1);
            int reached = 0;
            int next = 0;
            for (int i = 0; i < left.size(); i++) {
                reached += left.get(i).weight();
                if (reached >= drawn) {
                    next = i;
                    break;
                }
            }
            ordered.add(left.remove(next));
        }
        return ordered;
    }

    private static <T> Result<T> invalid(String message) {
        return Result.failed(new Failure.Terminal("DirectorySettingsInvalid", message));
    }

    private static <T> Result<T> notInDns(String what) {
        return Result.failed(new Failure.Transient(
                "DirectoryNotInDns",
                what + ". Check directory.domain and the cluster's DNS, or list directory.servers."));
    }
}
