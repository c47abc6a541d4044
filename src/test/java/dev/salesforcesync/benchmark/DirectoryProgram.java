package dev.salesforcesync.benchmark;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The sandbox directory as a program: so many people, all in one group, each fifth in another besides. */
final class DirectoryProgram {
    static final String PEOPLE = "OU=Generated,OU=People," + SandboxDirectory.BASE_DN;
    static final String EVERYBODY = group("Salesforce Users");
    static final String SELLERS = group("Sellers");
    static final int EACH = 5;
    private static final int SEED = 1;

    private DirectoryProgram() {}

    public static void main(String[] arguments) throws IOException {
        int people = Integer.parseInt(arguments[0]);
        SandboxDirectory directory = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
        directory.add(EVERYBODY, new Attribute("objectClass", "group"));
        directory.add(SELLERS, new Attribute("objectClass", "group"));
        directory.populate(people, SEED);
        directory.modify(
                SELLERS,
                new Modification(
                        ModificationType.ADD,
                        "member",
                        IntStream.rangeClosed(1, people / EACH)
                                .mapToObj(number -> dn(number * EACH))
                                .toArray(String[]::new)));
        new ControlPage()
                .on("/change", asked -> change(directory, asked))
                .serve(Map.of(
                        "url", directory.ldapsUrl(),
                        "bindDN", directory.bindDn(),
                        "password", directory.password(),
                        "ca", directory.caPem()));
    }

    private static String group(String name) {
        return "CN=" + name + ",OU=Groups," + SandboxDirectory.BASE_DN;
    }

    /** The account of the person with this number, from 1. */
    static String account(int number) {
        return String.format(Locale.ROOT, "g%x-%06d", SEED, number);
    }

    static String username(int number) {
        return account(number) + "@" + SandboxDirectory.DNS_NAME;
    }

    private static String dn(int number) {
        return "CN=" + account(number) + "," + PEOPLE;
    }

    private static byte[] change(SandboxDirectory directory, Map<String, String> asked) {
        int from = Integer.parseInt(asked.getOrDefault("from", "1"));
        int count = Integer.parseInt(asked.getOrDefault("count", "1"));
        String department = asked.getOrDefault("department", "Sales");
        for (int number = from; number < from + count; number++) {
            directory.modify(dn(number), new Modification(ModificationType.REPLACE, "department", department));
        }
        return new byte[0];
    }
}
