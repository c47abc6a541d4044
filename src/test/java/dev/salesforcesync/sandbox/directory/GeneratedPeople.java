package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Any number of plain people, the same for the same seed. */
final class GeneratedPeople {
    private static final String PARENT = "OU=Generated,OU=People," + SandboxDirectory.BASE_DN;
    private static final String GROUP = "CN=Salesforce Users,OU=Groups," + SandboxDirectory.BASE_DN;
    private static final List<String> GIVEN = List.of(
            "Anna", "Bert", "Carla", "Dirk", "Émile", "Fátima", "Günther", "Hiroko", "Ines", "Jürgen", "Łukasz",
            "Maria", "Noël", "Olga", "Priya", "René", "Søren", "Tomás", "Uma", "Wei");
    private static final List<String> FAMILY = List.of(
            "Smith",
            "Müller",
            "Nguyen",
            "García",
            "Øster",
            "O'Brien",
            "Šimek",
            "Novák",
            "Rossi",
            "Dubois",
            "Li",
            "Wang",
            "Kowalski",
            "Ivanov",
            "Yılmaz",
            "Silva",
            "Jensen",
            "Mäkelä",
            "Brown",
            "Sato");
    private static final List<String> DEPARTMENTS =
            List.of("Sales", "Marketing", "Engineering", "Finance", "Legal", "Support", "IT", "HR");
    private static final List<List<String>> PLACES = List.of(
            List.of("Berlin", "Germany", "DE", "de-DE"),
            List.of("Paris", "France", "FR", "fr-FR"),
            List.of("London", "United Kingdom", "GB", "en-GB"),
            List.of("New York", "United States", "US", "en-US"),
            List.of("Tokyo", "Japan", "JP", "ja-JP"),
            List.of("São Paulo", "Brazil", "BR", "pt-BR"));

    private GeneratedPeople() {}

    static void add(SandboxDirectory directory, int people, long seed) {
        Random random = new Random(seed);
        if (!directory.exists(PARENT)) {
            directory.add(PARENT, new Attribute("objectClass", "organizationalUnit"));
        }
        List<String> added = new ArrayList<>();
        for (int i = 1; i <= people; i++) {
            String account = String.format(Locale.ROOT, "g%x-%06d", seed, i);
            String dn = "CN=" + account + "," + PARENT;
            directory.add(dn, person(account, i, random));
            added.add(dn);
        }
        if (directory.exists(GROUP)) {
            directory.modify(GROUP, new Modification(ModificationType.ADD, "member", added.toArray(new String[0])));
        }
    }

    private static Attribute[] person(String account, int number, Random random) {
        String given = pick(GIVEN, random);
        String family = pick(FAMILY, random);
        List<String> place = PLACES.get(random.nextInt(PLACES.size()));
        String address = account + "@" + SandboxDirectory.DNS_NAME;
        return new Attribute[] {
            new Attribute("objectClass", "user"),
            new Attribute("sAMAccountName", account),
            new Attribute("userPrincipalName", address),
            new Attribute("userAccountControl", "512"),
            new Attribute("pwdLastSet", "133500000000000000"),
            new Attribute("givenName", given),
            new Attribute("sn", family),
            new Attribute("displayName", given + " " + family),
            new Attribute("mail", address),
            new Attribute("department", pick(DEPARTMENTS, random)),
            new Attribute("title", "Associate"),
            new Attribute("company", "Example Corp"),
            new Attribute("l", place.get(0)),
            new Attribute("co", place.get(1)),
            new Attribute("c", place.get(2)),
            new Attribute("preferredLanguage", place.get(3)),
            new Attribute("employeeID", String.format(Locale.ROOT, "G%07d", number)),
            new Attribute("telephoneNumber", String.format(Locale.ROOT, "+49 30 %07d", number))
        };
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
