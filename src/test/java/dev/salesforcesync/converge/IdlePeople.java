package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.ConfigMapLedger;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersistentMap;
import dev.salesforcesync.model.PersistentSet;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.DesiredUser.DesiredField;
import dev.salesforcesync.policy.SmallWorld;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.sandbox.kubernetes.KubernetesApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an engine keeps of people for whom nothing is to do, holder by holder, made without a network: everybody is
 * linked, has the user that the rules want, and holds one right that was given. Texts and identities are made anew for
 * each holder, as if they had been read.
 */
final class IdlePeople {
    private static final String GROUP = "SF-Users";
    private static final Instant NOW = SmallWorld.NOW;
    private static final SalesforceId RIGHT = SmallWorld.id("0PS", 1);
    private static final int BATCH = 20_000;

    private final int people;
    private final CompiledPolicy policy = SmallWorld.compiled(SmallWorld.rules());

    IdlePeople(int people) {
        this.people = people;
    }

    CompiledPolicy policy() {
        return policy;
    }

    /** As a directory is known that is followed. */
    DirectoryPicture picture() {
        PersistentMap<ObjectGuid, Person> everybody = PersistentMap.empty();
        PersistentSet<ObjectGuid> members = PersistentSet.empty();
        for (int i = 0; i < people; i++) {
            Person person = person(i);
            everybody = everybody.with(person.guid(), person);
            members = members.with(person.guid());
        }
        return new DirectoryPicture(
                everybody, Map.of(GROUP, members), List.of(), new Completeness.Proven("counted"), NOW);
    }

    /** As random as a directory makes them. */
    private static ObjectGuid guid(int number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        return new ObjectGuid(mixed, mixed * 0xBF58476D1CE4E5B9L);
    }

    private static Person person(int number) {
        Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.put("sAMAccountName", List.of("person" + number));
        values.put("userPrincipalName", List.of("given.family" + number + "@corp.example.com"));
        values.put("primaryGroupID", List.of("513"));
        values.put("mail", List.of("given.family" + number + "@example.com"));
        values.put("givenName", List.of("Given" + number));
        values.put("sn", List.of("Family" + number));
        values.put("employeeID", List.of("E" + number));
        values.put("title", List.of("Account Executive"));
        values.put("department", List.of("Department " + number % 50));
        values.put("l", List.of("Stuttgart"));
        values.put("c", List.of("DE"));
        values.put("telephoneNumber", List.of("+49 711 " + number));
        Instant earlier = NOW.minus(Duration.ofMinutes(number % 100_000));
        return new Person(
                guid(number),
                "CN=Given Family" + number + ",OU=Sales,OU=People,DC=corp,DC=example,DC=com",
                values,
                new AccountState(
                        true,
                        Optional.empty(),
                        AccountState.Lockout.NONE,
                        new AccountState.PasswordState(
                                Optional.of(earlier), false, Optional.of(earlier.plus(Duration.ofDays(180)))),
                        new AccountState.Activity(Optional.of(earlier.plusSeconds(7)))));
    }

    /** An org in which everybody is as the rules want him; its users can be read once. */
    SalesforceOrg org(Map<ObjectGuid, Desire> desires) {
        AtomicReference<Map<ObjectGuid, Desire>> unread = new AtomicReference<>(desires);
        return (SalesforceOrg) Proxy.newProxyInstance(
                SalesforceOrg.class.getClassLoader(),
                new Class<?>[] {SalesforceOrg.class},
                (proxy, method, input) -> switch (method.getName()) {
                    case "readUsers" -> Result.ok(users(unread.getAndSet(Map.of())));
                    case "assignments" -> Result.ok(assignments());
                    case "hashCode" -> 1;
                    case "equals" -> input != null && proxy == input[0];
                    default -> throw new AssertionError("not asked for here: " + method.getName());
                });
    }

    private List<SalesforceUser> users(Map<ObjectGuid, Desire> desires) {
        List<SalesforceUser> users = new ArrayList<>(people);
        for (int i = 0; i < people; i++) {
            Map<String, String> fields = new TreeMap<>();
            if (desires.get(guid(i)) instanceof Desire.Wanted wanted) {
                for (DesiredField field : wanted.user().fields()) {
                    field.value().ifPresent(value -> fields.put(field.name(), read(value)));
                }
            }
            fields.put("IsActive", read("true"));
            fields.put("ProfileId", read(SmallWorld.STANDARD.value()));
            users.add(new SalesforceUser(SmallWorld.user(i), fields, NOW.minusSeconds(i)));
        }
        return users;
    }

    /** Another text of the same characters. */
    private static String read(String text) {
        return String.valueOf(text.toCharArray());
    }

    private List<Assignment> assignments() {
        List<Assignment> rights = new ArrayList<>(people);
        for (int i = 0; i < people; i++) {
            rights.add(new Assignment(
                    SmallWorld.id("0Pa", i),
                    SmallWorld.user(i),
                    EntitlementKind.PERMISSION_SET,
                    new SalesforceId(read(RIGHT.value()))));
        }
        return rights;
    }

    OrgQuestion question(SalesforceOrg org) {
        return new OrgQuestion(org, policy.fieldsRead(), Set.of(EntitlementKind.PERMISSION_SET), Set.of());
    }

    /** A ledger that was read from the API server, as after a restart; what stores it is gone. */
    OrgLedger ledger() {
        try (KubernetesApiServer api = KubernetesApiServer.start(0, List.of());
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(api.clientConfig())
                        .build()) {
            OrgLedger first = value(ConfigMapLedger.open(client, "default", SmallWorld.id("00D", 1)));
            for (int from = 0; from < people; from += BATCH) {
                List<LedgerChange> changes = new ArrayList<>();
                for (int i = from; i < Math.min(from + BATCH, people); i++) {
                    changes.add(new LedgerChange.Put(
                            new Entry.Link(new PersonLink(guid(i), SmallWorld.user(i), SmallWorld.POLICY))));
                    changes.add(new LedgerChange.Give(
                            SmallWorld.user(i),
                            new GivenRight(EntitlementKind.PERMISSION_SET, RIGHT),
                            SmallWorld.POLICY));
                }
                value(first.record(changes));
            }
            return value(ConfigMapLedger.open(client, "default", SmallWorld.id("00D", 1)));
        }
    }

    static <T> T value(Result<T> result) {
        if (result instanceof Result.Ok<T> ok) {
            return ok.value();
        }
        throw new AssertionError(result.toString());
    }
}
