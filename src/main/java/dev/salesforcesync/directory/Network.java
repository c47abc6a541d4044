package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DefaultNameResolver;
import com.unboundid.ldap.sdk.NameResolver;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The world around the connections.
 *
 * @param connect the longest time to connect, and then again to shake hands for TLS
 * @param response the longest time without an answer
 * @param records where the domain publishes its servers
 * @param names what addresses host names have
 * @param kdc where the Kerberos service of a domain controller listens, by the controller's host name
 * @param random for the order of servers of the same priority
 */
record Network(
        Duration connect,
        Duration response,
        ServiceRecords records,
        NameResolver names,
        UnaryOperator<String> kdc,
        Random random,
        Clock clock) {

    /** The real world. Every domain controller is a key distribution centre too, on port 88. */
    static Network real(Clock clock) {
        return new Network(
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                new DnsServiceRecords(Optional.empty()),
                DefaultNameResolver.getInstance(),
                UnaryOperator.identity(),
                new Random(),
                clock);
    }

    Network withTimeouts(Duration eachConnect, Duration eachResponse) {
        return new Network(eachConnect, eachResponse, records, names, kdc, random, clock);
    }

    Network withRecords(ServiceRecords others, Random lots) {
        return new Network(connect, response, others, names, kdc, lots, clock);
    }

    Network withNames(NameResolver others, UnaryOperator<String> otherKdc) {
        return new Network(connect, response, records, others, otherKdc, random, clock);
    }
}
