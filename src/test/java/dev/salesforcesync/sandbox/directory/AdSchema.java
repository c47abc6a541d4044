package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The part of Active Directory's schema that the sandbox knows (MS-ADA1 to MS-ADA3 for names and identifiers).
 * Attributes outside it are refused, as in AD.
 */
final class AdSchema {
    private static final String TEXT = "1.3.6.1.4.1.1466.115.121.1.15";
    private static final String INTEGER = "1.3.6.1.4.1.1466.115.121.1.27";
    private static final String OCTETS = "1.3.6.1.4.1.1466.115.121.1.40";
    private static final String DN = "1.3.6.1.4.1.1466.115.121.1.12";
    private static final String BOOLEAN = "1.3.6.1.4.1.1466.115.121.1.7";
    private static final String TIME = "1.3.6.1.4.1.1466.115.121.1.24";
    private static final String OID = "1.3.6.1.4.1.1466.115.121.1.38";

    private static final Map<String, AttributeKind> ATTRIBUTES = attributes();
    private static final Map<String, List<String>> CLASSES = classes();
    private static final Map<String, String> CATEGORIES = Map.of(
            "user", "Person",
            "person", "Person",
            "inetorgperson", "Person",
            "contact", "Person",
            "group", "Group",
            "computer", "Computer",
            "msds-groupmanagedserviceaccount", "ms-DS-Group-Managed-Service-Account",
            "organizationalunit", "Organizational-Unit",
            "container", "Container",
            "domaindns", "Domain-DNS");

    private AdSchema() {}

    /**
     * One attribute.
     *
     * @param single holds one value at most
     * @param system kept by the server; a client's write is refused
     */
    record AttributeKind(String name, String oid, String syntax, boolean single, boolean system) {
        boolean isInteger() {
            return syntax.equals(INTEGER);
        }
    }

    static Optional<AttributeKind> attribute(String name) {
        return Optional.ofNullable(ATTRIBUTES.get(name));
    }

    /** The class with all its superior classes, most general first; empty for one that the schema lacks. */
    static List<String> classWithSuperiors(String name) {
        return CLASSES.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The common name of the schema object that a class's {@code objectCategory} points at. */
    static Optional<String> categoryOf(String objectClass) {
        return Optional.ofNullable(CATEGORIES.get(objectClass.toLowerCase(Locale.ROOT)));
    }

    /** The schema for the SDK, which takes each attribute's matching rule from it. */
    static Schema build() {
        Entry entry = new Entry("CN=Aggregate,CN=Schema,CN=Configuration");
        entry.addAttribute("objectClass", "top", "subSchema");
        for (AttributeKind kind : ATTRIBUTES.values()) {
            entry.addAttribute(
                    "attributeTypes",
                    "( " + kind.oid() + " NAME '" + kind.name() + "' " + equality(kind.syntax()) + "SYNTAX "
                            + kind.syntax() + (kind.single() ? " SINGLE-VALUE )" : " )"));
        }
        int number = 1;
        for (List<String> chain : CLASSES.values()) {
            String name = chain.get(chain.size() - 1);
            String superior = chain.size() > 1 ? "SUP " + chain.get(chain.size() - 2) + " " : "";
            entry.addAttribute(
                    "objectClasses",
                    "( 1.2.840.113556.1.5.9000." + number++ + " NAME '" + name + "' " + superior + "STRUCTURAL )");
        }
        return new Schema(entry);
    }

    private static String equality(String syntax) {
        return switch (syntax) {
            case INTEGER -> "EQUALITY integerMatch ORDERING integerOrderingMatch ";
            case OCTETS -> "EQUALITY octetStringMatch ";
            case DN -> "EQUALITY distinguishedNameMatch ";
            case BOOLEAN -> "EQUALITY booleanMatch ";
            case TIME -> "EQUALITY generalizedTimeMatch ORDERING generalizedTimeOrderingMatch ";
            case OID -> "EQUALITY objectIdentifierMatch ";
            default -> "EQUALITY caseIgnoreMatch ORDERING caseIgnoreOrderingMatch SUBSTR caseIgnoreSubstringsMatch ";
        };
    }

    private static Map<String, AttributeKind> attributes() {
        Map<String, AttributeKind> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String ms = "1.2.840.113556.1.";
        multi(all, "objectClass", "2.5.4.0", OID);
        multi(all, "objectCategory", ms + "4.782", DN);
        system(all, "objectGUID", ms + "4.2", OCTETS);
        system(all, "objectSid", ms + "4.146", OCTETS);
        system(all, "uSNCreated", ms + "2.19", INTEGER);
        system(all, "uSNChanged", ms + "2.120", INTEGER);
        system(all, "whenCreated", ms + "2.2", TIME);
        system(all, "whenChanged", ms + "2.3", TIME);
        system(all, "distinguishedName", "2.5.4.49", DN);
        system(all, "name", ms + "4.1", TEXT);
        system(all, "instanceType", ms + "2.1", INTEGER);
        system(all, "isDeleted", ms + "2.48", BOOLEAN);
        system(all, "isRecycled", ms + "4.2058", BOOLEAN);
        system(all, "msDS-LastKnownRDN", ms + "4.2067", TEXT);
        multi(all, "msDS-EnabledFeature", ms + "4.2061", TEXT);
        system(all, "lastKnownParent", ms + "4.781", DN);
        system(all, "memberOf", ms + "2.102", DN);
        system(all, "directReports", ms + "2.436", DN);
        system(all, "sAMAccountType", ms + "4.302", INTEGER);
        system(all, "badPwdCount", ms + "4.12", INTEGER);
        system(all, "lastLogon", ms + "4.52", INTEGER);
        system(all, "lastLogonTimestamp", ms + "4.1696", INTEGER);
        system(all, "msDS-User-Account-Control-Computed", ms + "4.1460", INTEGER);
        system(all, "msDS-UserPasswordExpiryTimeComputed", ms + "4.1996", INTEGER);
        single(all, "lockoutDuration", ms + "4.60", INTEGER);
        single(all, "maxPwdAge", ms + "4.74", INTEGER);
        system(all, "invocationId", ms + "2.115", OCTETS);
        system(all, "cn", "2.5.4.3", TEXT);
        system(all, "ou", "2.5.4.11", TEXT);
        system(all, "dc", "0.9.2342.19200300.100.1.25", TEXT);
        single(all, "userAccountControl", ms + "4.8", INTEGER);
        single(all, "accountExpires", ms + "4.159", INTEGER);
        single(all, "lockoutTime", ms + "4.662", INTEGER);
        single(all, "pwdLastSet", ms + "4.96", INTEGER);
        single(all, "primaryGroupID", ms + "4.98", INTEGER);
        single(all, "groupType", ms + "4.750", INTEGER);
        single(all, "sAMAccountName", ms + "4.221", TEXT);
        single(all, "userPrincipalName", ms + "4.656", TEXT);
        multi(all, "servicePrincipalName", ms + "4.771", TEXT);
        single(all, "unicodePwd", ms + "4.90", OCTETS);
        multi(all, "userPassword", "2.5.4.35", OCTETS);
        multi(all, "member", "2.5.4.31", DN);
        single(all, "manager", "0.9.2342.19200300.100.1.10", DN);
        single(all, "mail", "0.9.2342.19200300.100.1.3", TEXT);
        single(all, "givenName", "2.5.4.42", TEXT);
        single(all, "sn", "2.5.4.4", TEXT);
        single(all, "initials", "2.5.4.43", TEXT);
        single(all, "displayName", ms + "2.13", TEXT);
        multi(all, "description", "2.5.4.13", TEXT);
        single(all, "department", ms + "2.141", TEXT);
        multi(all, "carLicense", "2.16.840.1.113730.3.1.1", TEXT);
        single(all, "division", ms + "4.261", TEXT);
        single(all, "title", "2.5.4.12", TEXT);
        single(all, "company", ms + "2.146", TEXT);
        single(all, "l", "2.5.4.7", TEXT);
        single(all, "st", "2.5.4.8", TEXT);
        single(all, "c", "2.5.4.6", TEXT);
        single(all, "co", ms + "2.131", TEXT);
        single(all, "postalCode", "2.5.4.17", TEXT);
        single(all, "streetAddress", ms + "2.256", TEXT);
        single(all, "physicalDeliveryOfficeName", "2.5.4.19", TEXT);
        single(all, "telephoneNumber", "2.5.4.20", TEXT);
        single(all, "mobile", "0.9.2342.19200300.100.1.41", TEXT);
        single(all, "facsimileTelephoneNumber", "2.5.4.23", TEXT);
        single(all, "employeeID", ms + "4.35", TEXT);
        single(all, "employeeNumber", ms + "2.610", TEXT);
        single(all, "employeeType", ms + "2.613", TEXT);
        single(all, "preferredLanguage", "2.16.840.1.113730.3.1.39", TEXT);
        single(all, "info", ms + "2.81", TEXT);
        single(all, "wWWHomePage", ms + "2.464", TEXT);
        multi(all, "proxyAddresses", ms + "2.210", TEXT);
        single(all, "thumbnailPhoto", "2.16.840.1.113730.3.1.35", OCTETS);
        multi(all, "jpegPhoto", "0.9.2342.19200300.100.1.60", OCTETS);
        multi(all, "userCertificate", "2.5.4.36", OCTETS);
        IntStream.rangeClosed(1, 15).forEach(i -> single(all, "extensionAttribute" + i, ms + "2." + (422 + i), TEXT));
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, List<String>> classes() {
        Map<String, List<String>> all = new TreeMap<>();
        for (List<String> chain : List.of(
                List.of("top"),
                List.of("top", "person"),
                List.of("top", "person", "organizationalPerson"),
                List.of("top", "person", "organizationalPerson", "contact"),
                List.of("top", "person", "organizationalPerson", "user"),
                List.of("top", "person", "organizationalPerson", "user", "inetOrgPerson"),
                List.of("top", "person", "organizationalPerson", "user", "computer"),
                List.of("top", "person", "organizationalPerson", "user", "computer", "msDS-GroupManagedServiceAccount"),
                List.of("top", "group"),
                List.of("top", "organizationalUnit"),
                List.of("top", "container"),
                List.of("top", "domain"),
                List.of("top", "domain", "domainDNS"),
                List.of("top", "foreignSecurityPrincipal"),
                List.of("top", "applicationSettings"),
                List.of("top", "applicationSettings", "nTDSDSA"))) {
            List<String> copy = new ArrayList<>(chain);
            all.put(copy.get(copy.size() - 1).toLowerCase(Locale.ROOT), List.copyOf(copy));
        }
        return Collections.unmodifiableMap(all);
    }

    private static void single(Map<String, AttributeKind> all, String name, String oid, String syntax) {
        all.put(name, new AttributeKind(name, oid, syntax, true, false));
    }

    private static void multi(Map<String, AttributeKind> all, String name, String oid, String syntax) {
        all.put(name, new AttributeKind(name, oid, syntax, false, false));
    }

    private static void system(Map<String, AttributeKind> all, String name, String oid, String syntax) {
        boolean links = name.equals("memberOf") || name.equals("directReports");
        all.put(name, new AttributeKind(name, oid, syntax, !links, true));
    }
}
