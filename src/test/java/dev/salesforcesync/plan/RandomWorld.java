package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;
import static dev.salesforcesync.policy.SmallWorld.guid;
import static dev.salesforcesync.policy.SmallWorld.user;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Lifecycle;
import dev.salesforcesync.policy.Lifecycle.Leave;
import dev.salesforcesync.policy.Lifecycle.Return;
import dev.salesforcesync.policy.Linker;
import dev.salesforcesync.policy.Linker.LinkingInput;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Neighbourhood;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.PolicyRules.Apply;
import dev.salesforcesync.policy.PolicyRules.AttributeRule;
import dev.salesforcesync.policy.PolicyRules.ConnectionTerms;
import dev.salesforcesync.policy.PolicyRules.Drift;
import dev.salesforcesync.policy.PolicyRules.GroupGrant;
import dev.salesforcesync.policy.PolicyRules.GroupRights;
import dev.salesforcesync.policy.PolicyRules.LinkByHand;
import dev.salesforcesync.policy.PolicyRules.MatchingKey;
import dev.salesforcesync.policy.PolicyRules.OnNull;
import dev.salesforcesync.policy.PolicyRules.Ownership;
import dev.salesforcesync.policy.PolicyRules.RightsRules;
import dev.salesforcesync.policy.PolicyRules.Scope;
import dev.salesforcesync.policy.PolicyRules.Usernames;
import dev.salesforcesync.policy.Rules;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.Sightings;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A directory, an org and a ledger in some state, small enough that everything collides with everything. */
public final class RandomWorld {
    private static final PolicyRules PLAIN = new Rules(SmallWorld.rules())
            .matching(
                    new MatchingKey("Username", "user.userPrincipalName"),
                    new MatchingKey("EmployeeNumber", "user.?employeeID.orValue('')"))
            .terms(new ConnectionTerms(
                    "",
                    Set.of("Standard User", "System Administrator"),
                    Set.of("Sales_Cloud", "Report_Reader", "Full_Access", "Field_Sales"),
                    Set.of("u1@example.com"),
                    Set.of("Integration"),
                    Set.of("Break_Glass")))
            .rights(Map.of(
                    EntitlementKind.PERMISSION_SET,
                    new RightsRules(
                            Ownership.MERGE,
                            List.of(
                                    new GroupRights("A", List.of("Sales_Cloud", "Report_Reader")),
                                    new GroupRights("B", List.of("Report_Reader", "Full_Access"))),
                            List.of()),
                    EntitlementKind.QUEUE,
                    new RightsRules(
                            Ownership.OWN,
                            List.of(new GroupRights("B", List.of("Leads_North"))),
                            List.of(new GroupRights("A", List.of("Leads_North"))))))
            .build();
    private static final List<CompiledPolicy> POLICIES = policies();

    static final SalesforceId OF_PROFILE = SmallWorld.id("0PS", 99);

    public final CompiledPolicy policy;
    public final DirectoryPicture picture;
    public final Map<ObjectGuid, Whereabouts> elsewhere;
    final Map<SalesforceId, Map<String, String>> users;
    public final Map<SalesforceId, PersonLink> known;
    final Set<SalesforceId> frozen;
    final List<Hold> holds;
    final List<Assignment> assignments;
    final Map<SalesforceId, Set<GivenRight>> given;

    private RandomWorld(
            CompiledPolicy policy,
            DirectoryPicture picture,
            Map<ObjectGuid, Whereabouts> elsewhere,
            Map<SalesforceId, Map<String, String>> users,
            Map<SalesforceId, PersonLink> known,
            Set<SalesforceId> frozen,
            List<Hold> holds,
            List<Assignment> assignments,
            Map<SalesforceId, Set<GivenRight>> given) {
        this.policy = policy;
        this.picture = picture;
        this.elsewhere = elsewhere;
        this.users = users;
        this.known = known;
        this.frozen = frozen;
        this.holds = holds;
        this.assignments = assignments;
        this.given = given;
    }

    private static List<CompiledPolicy> policies() {
        List<CompiledPolicy> policies = new ArrayList<>();
        policies.add(SmallWorld.compiled(PLAIN));
        policies.add(SmallWorld.compiled(new Rules(PLAIN)
                .usernames(new Usernames(List.of(), true))
                .scope(new Scope(List.of("A"), Optional.empty()))
                .lifecycle(new Lifecycle(
                        true, true, Leave.DEACTIVATE, Leave.FREEZE, Leave.FREEZE_THEN_DEACTIVATE, Return.REACTIVATE))
                .build()));
        policies.add(SmallWorld.compiled(new Rules(PLAIN)
                .anchor("AD_ObjectGuid__c")
                .profiles(new GroupGrant("A", "System Administrator"), new GroupGrant("B", "Standard User"))
                .roles(new GroupGrant("B", "Sales"))
                .attributes(
                        new AttributeRule("Title", "user.?title.orValue('')", Apply.IF_EMPTY, OnNull.KEEP, false),
                        new AttributeRule("Email", "user.mail", Apply.ALWAYS, OnNull.KEEP, false),
                        new AttributeRule("Department", "user.?title.orValue('')", Apply.ALWAYS, OnNull.CLEAR, false))
                .links(new LinkByHand(guid(1), "u2@example.com"))
                .rights(Map.of(
                        EntitlementKind.PERMISSION_SET,
                        new RightsRules(
                                Ownership.OWN,
                                List.of(new GroupRights("A", List.of("Report_Reader", "Full_Access"))),
                                List.of(new GroupRights("B", List.of("Full_Access")))),
                        EntitlementKind.PERMISSION_SET_GROUP,
                        new RightsRules(
                                Ownership.MERGE,
                                List.of(new GroupRights("A", List.of("Field_Sales"))),
                                List.of(new GroupRights("B", List.of("Field_Sales", "Super_Users")))),
                        EntitlementKind.PERMISSION_SET_LICENSE,
                        new RightsRules(
                                Ownership.OWN, List.of(new GroupRights("A", List.of("SalesConsoleUser"))), List.of())))
                .lifecycle(new Lifecycle(true, true, Leave.FREEZE, Leave.DEACTIVATE, Leave.DEACTIVATE, Return.NONE))
                .build()));
        policies.add(SmallWorld.compiled(new Rules(PLAIN)
                .scope(new Scope(List.of("A", "B"), Optional.of("user.?title.orValue('') != 'b'")))
                .drift(Drift.REPORT)
                .rights(Map.of())
                .lifecycle(new Lifecycle(false, true, Leave.NONE, Leave.DEACTIVATE, Leave.FREEZE, Return.REACTIVATE))
                .build()));
        policies.add(SmallWorld.compiled(new Rules(PLAIN)
                .attributes(
                        new AttributeRule("ManagerId", "ref(user.manager)", Apply.ALWAYS, OnNull.CLEAR, false),
                        new AttributeRule(
                                "DelegatedApproverId",
                                "ref(user.?secretary.orValue(''))",
                                Apply.IF_EMPTY,
                                OnNull.KEEP,
                                false))
                .usernames(new Usernames(
                        List.of(
                                "user.userPrincipalName",
                                "user.userPrincipalName + '.2'",
                                "user.title + '@example.com'"),
                        true))
                .lifecycle(new Lifecycle(
                        true, true, Leave.DEACTIVATE, Leave.DEACTIVATE, Leave.DEACTIVATE, Return.REACTIVATE))
                .build()));
        return List.copyOf(policies);
    }

    public static RandomWorld of(Random random) {
        Map<String, Set<ObjectGuid>> groups =
                new HashMap<>(Map.of("A", new HashSet<>(), "B", new HashSet<>(), "SF-Users", new HashSet<>()));
        List<Person> people = new ArrayList<>();
        Map<ObjectGuid, Whereabouts> elsewhere = new HashMap<>();
        for (int i = 1; i <= 7; i++) {
            Person person = person(random, i);
            switch (random.nextInt(7)) {
                case 0 -> elsewhere.put(person.guid(), new Whereabouts.Deleted());
                case 1 -> elsewhere.put(person.guid(), new Whereabouts.Alive(person));
                case 2 -> elsewhere.put(person.guid(), new Whereabouts.NotFound());
                default -> {
                    people.add(person);
                    groups.values().forEach(members -> {
                        if (random.nextInt(3) > 0) {
                            members.add(person.guid());
                        }
                    });
                }
            }
        }
        Map<SalesforceId, Map<String, String>> users = new TreeMap<>();
        Map<SalesforceId, PersonLink> known = new TreeMap<>();
        Set<SalesforceId> frozen = new HashSet<>();
        List<Hold> holds = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        Map<SalesforceId, Set<GivenRight>> given = new HashMap<>();
        for (int i = 1; i <= 6; i++) {
            SalesforceId id = i == 6 ? SmallWorld.OURSELVES : user(i);
            users.put(id, fields(random, i));
            if (random.nextBoolean()) {
                String by = random.nextInt(4) > 0 ? POLICY : "apps/other";
                known.put(id, new PersonLink(guid(i), id, by));
            }
            rights(random, id, assignments, given);
            if (random.nextInt(3) == 0) {
                frozen.add(id);
            }
            if (random.nextInt(2) == 0) {
                String by = random.nextInt(4) > 0 ? POLICY : "apps/schedule";
                holds.add(new Hold(id, guid(i), by, "Disabled", random.nextBoolean(), random.nextBoolean(), NOW));
            }
        }
        return new RandomWorld(
                POLICIES.get(random.nextInt(POLICIES.size())),
                SmallWorld.picture(people, groups, random.nextInt(3) > 0),
                elsewhere,
                users,
                known,
                frozen,
                holds,
                assignments,
                given);
    }

    /** Some hold rights, some of those from us; and we remember some that are gone. */
    private static void rights(
            Random random, SalesforceId user, List<Assignment> held, Map<SalesforceId, Set<GivenRight>> given) {
        SmallWorld.org().entitlements().values().stream()
                .flatMap(kind -> kind.values().stream())
                .sorted(Comparator.comparing(Entitlement::id))
                .forEach(right -> {
                    if (random.nextInt(3) == 0) {
                        held.add(new Assignment(row(held.size()), user, right.kind(), right.id()));
                    }
                    if (random.nextInt(3) == 0) {
                        given.computeIfAbsent(user, any -> new HashSet<>())
                                .add(new GivenRight(right.kind(), right.id()));
                    }
                });
        // A profile's own permission set, which no describe lists.
        held.add(new Assignment(row(held.size()), user, EntitlementKind.PERMISSION_SET, OF_PROFILE));
    }

    private static SalesforceId row(int number) {
        return SmallWorld.id("0Pa", number + 1);
    }

    private static Person person(Random random, int number) {
        Person person = SmallWorld.person(number, attributes -> {
            attributes.put("userPrincipalName", "U" + one(random, number, 7) + "@example.com");
            attributes.put("employeeID", "E" + one(random, number, 7));
            attributes.put("title", pick(random, "a", "b", ""));
            attributes.put("manager", "CN=person " + (1 + random.nextInt(8)) + ", dc=Example");
            attributes.put("secretary", "CN=Person " + (1 + random.nextInt(8)) + ",DC=example");
            if (random.nextInt(8) == 0) {
                attributes.remove("manager");
            }
            if (random.nextInt(8) == 0) {
                attributes.remove("mail");
            }
            if (random.nextInt(15) == 0) {
                attributes.remove("userPrincipalName");
            }
            return attributes;
        });
        AccountState account = switch (random.nextInt(5)) {
            case 0 -> new AccountState(false, Optional.empty(), false);
            case 1 ->
                new AccountState(true, Optional.of(NOW.plusSeconds(random.nextInt(3) - 1L)), random.nextBoolean());
            default -> AccountState.ACTIVE;
        };
        return SmallWorld.with(person, account);
    }

    private static Map<String, String> fields(Random random, int number) {
        Map<String, String> fields = new TreeMap<>(SmallWorld.userOf(
                        number,
                        Map.of(
                                "Username", "u" + number + "@example.com",
                                "EmployeeNumber", pick(random, "E" + one(random, number, 7), ""),
                                "LastName", pick(random, "Family" + number, "Other"),
                                "Title", pick(random, "a", "b", ""),
                                "Department", pick(random, "a", " b ", ""),
                                "IsActive", pick(random, "true", "true", "false"),
                                "ManagerId",
                                        pick(
                                                random,
                                                "",
                                                user(1 + random.nextInt(6)).value(),
                                                "005000000000001"),
                                "AD_ObjectGuid__c",
                                        pick(random, "", "", guid(number).toString(), guid(99).toString()),
                                "ProfileId",
                                        pick(
                                                random,
                                                SmallWorld.STANDARD.value(),
                                                SmallWorld.STANDARD.value(),
                                                SmallWorld.ADMIN.value(),
                                                SmallWorld.INTEGRATION.value())))
                .fields());
        return fields;
    }

    private static int one(Random random, int usually, int of) {
        return random.nextInt(4) > 0 ? usually : 1 + random.nextInt(of);
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    public List<SalesforceUser> observed() {
        return users.entrySet().stream()
                .map(entry -> new SalesforceUser(entry.getKey(), entry.getValue(), NOW))
                .toList();
    }

    /** The same world, read with or without a proof of completeness. */
    RandomWorld read(boolean complete) {
        return new RandomWorld(
                policy,
                SmallWorld.picture(picture.people().values(), picture.memberships(), complete),
                elsewhere,
                users,
                known,
                frozen,
                holds,
                assignments,
                given);
    }

    /** This world with some people, users and rights as they are in another one. */
    public RandomWorld mixedWith(RandomWorld other, Random random) {
        List<Person> people = new ArrayList<>();
        Map<String, Set<ObjectGuid>> groups = new HashMap<>();
        picture.memberships().keySet().forEach(group -> groups.put(group, new HashSet<>()));
        Map<ObjectGuid, Whereabouts> places = new HashMap<>();
        for (int i = 1; i <= 7; i++) {
            ObjectGuid guid = guid(i);
            RandomWorld his = random.nextInt(3) == 0 ? other : this;
            Optional.ofNullable(his.picture.people().get(guid)).ifPresent(people::add);
            Optional.ofNullable(his.elsewhere.get(guid)).ifPresent(place -> places.put(guid, place));
            groups.forEach((group, members) -> {
                if (his.in(group, guid)) {
                    members.add(guid);
                }
            });
        }
        Map<SalesforceId, Map<String, String>> accounts = new TreeMap<>();
        Set<SalesforceId> locked = new HashSet<>();
        List<Assignment> held = new ArrayList<>();
        for (SalesforceId user : users.keySet()) {
            RandomWorld its = random.nextInt(4) == 0 && other.users.containsKey(user) ? other : this;
            accounts.put(user, its.users.get(user));
            if (its.frozen.contains(user)) {
                locked.add(user);
            }
            its.assignments.stream().filter(row -> row.user().equals(user)).forEach(held::add);
        }
        return new RandomWorld(
                policy,
                SmallWorld.picture(people, groups, picture.completeness().isProven()),
                places,
                accounts,
                known,
                locked,
                holds,
                held,
                given);
    }

    /** Whether a user is, and holds, what he is and holds in another world. */
    public boolean hasSame(SalesforceId user, RandomWorld other) {
        return Objects.equals(users.get(user), other.users.get(user))
                && frozen.contains(user) == other.frozen.contains(user)
                && rowsOf(user).equals(other.rowsOf(user));
    }

    private Set<Assignment> rowsOf(SalesforceId user) {
        return assignments.stream().filter(row -> row.user().equals(user)).collect(Collectors.toSet());
    }

    /** What one run sees and decides; lists come in an order that the random numbers give. */
    public Run run(Random order) {
        return run(picture, policy.desires(picture, NOW), observed(), List.copyOf(known.values()), order);
    }

    /** What a run sees and decides that looks at some. */
    public Run run(Neighbourhood some) {
        return run(some.picture(), some.desires(), some.users(), some.links(), new Random(1));
    }

    private Run run(
            DirectoryPicture seen,
            Map<ObjectGuid, Desire> desires,
            List<SalesforceUser> accounts,
            List<PersonLink> links,
            Random order) {
        Linking linking = Linker.link(
                policy,
                new LinkingInput(
                        seen.people(),
                        seen.memberships(),
                        desires,
                        shuffled(accounts, order),
                        shuffled(links, order),
                        Set.of(),
                        Map.of(POLICY, 0, "apps/other", 0),
                        Map.of(),
                        Set.of(),
                        SmallWorld.org(),
                        NOW));
        Linking mixed = new Linking(
                shuffled(linking.links(), order),
                linking.found(),
                linking.unmatched(),
                linking.problems(),
                linking.orphans());
        Map<ObjectGuid, Sighting> sightings = Sightings.of(seen, desires, elsewhere, mixed, NOW);
        Plan plan = Planner.plan(
                policy,
                new PlanInput(
                        desires,
                        mixed,
                        sightings,
                        shuffled(accounts, order),
                        frozen,
                        shuffled(holds, order),
                        Set.of(),
                        Map.of(),
                        Set.of(),
                        shuffled(assignments, order),
                        given,
                        Set.of(),
                        SmallWorld.org()));
        return new Run(desires, linking, sightings, accounts, plan);
    }

    public boolean in(String group, ObjectGuid person) {
        return picture.memberships().getOrDefault(group, Set.of()).contains(person);
    }

    public record Run(
            Map<ObjectGuid, Desire> desires,
            Linking linking,
            Map<ObjectGuid, Sighting> sightings,
            Collection<SalesforceUser> users,
            Plan plan) {}

    private static <T> List<T> shuffled(List<T> list, Random order) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, order);
        return copy;
    }

    /** Does what the plan says, as Salesforce and the ledger would. */
    public void apply(Run run) {
        remember(run);
        run.plan().actions().forEach(this::apply);
    }

    /** Remembers what was found, and does nothing. */
    public void remember(Run run) {
        run.linking().links().forEach(link -> known.put(link.user(), link));
        holds.removeAll(run.plan().ended());
        run.plan()
                .lost()
                .forEach(lost -> Objects.requireNonNull(given.get(lost.user())).remove(lost.right()));
    }

    private void apply(Action action) {
        if (action instanceof Action.Create create) {
            SalesforceId id = user(100 + users.size());
            users.put(id, new TreeMap<>(Map.of("IsActive", "true")));
            write(id, create);
            known.put(id, new PersonLink(create.person(), id, POLICY));
            return;
        }
        if (action instanceof Action.Assign assign) {
            give(assign);
            return;
        }
        if (action instanceof Action.Refer refer) {
            refer(refer);
            return;
        }
        SalesforceId id = action.existingUser().orElseThrow();
        if (action instanceof Action.Withdraw withdrawal) {
            assignments.remove(withdrawal.row());
            given.getOrDefault(id, new HashSet<>()).remove(withdrawal.right().orElseThrow());
            return;
        }
        write(id, action);
        if (action instanceof Action.Freeze freeze) {
            frozen.add(id);
            holds.add(new Hold(id, freeze.person(), POLICY, freeze.reason(), true, false, NOW));
        } else if (action instanceof Action.Deactivate deactivate) {
            holds.add(new Hold(id, deactivate.person(), POLICY, deactivate.reason(), false, true, NOW));
        } else if (action instanceof Action.Reactivate back) {
            holds.removeIf(hold -> hold.user().equals(id) && hold.policy().equals(POLICY));
            if (back.unfreeze()) {
                frozen.remove(id);
            }
        }
    }

    private SalesforceId userOf(ObjectGuid person) {
        return known.values().stream()
                .filter(link -> link.person().equals(person))
                .findFirst()
                .orElseThrow()
                .user();
    }

    private void refer(Action.Refer refer) {
        Map<String, String> fields =
                Objects.requireNonNull(users.get(refer.user().orElseGet(() -> userOf(refer.person()))));
        if (refer.awaits()) {
            fields.put(refer.field(), userOf(refer.target().orElseThrow()).value());
        } else {
            refer.change()
                    .after()
                    .ifPresentOrElse(id -> fields.put(refer.field(), id), () -> fields.remove(refer.field()));
        }
    }

    private void give(Action.Assign assign) {
        SalesforceId id = assign.user().orElseGet(() -> userOf(assign.person()));
        assignments.add(new Assignment(
                row(1000 + assignments.size()),
                id,
                assign.entitlement().kind(),
                assign.entitlement().id()));
        given.computeIfAbsent(id, any -> new HashSet<>()).add(assign.right().orElseThrow());
    }

    private void write(SalesforceId id, Action action) {
        Map<String, String> fields = users.computeIfAbsent(id, any -> new TreeMap<>());
        action.changes()
                .forEach((field, change) ->
                        change.after().ifPresentOrElse(value -> fields.put(field, value), () -> fields.remove(field)));
    }

    /** Counts only: a failing property must not print a world of people. */
    @Override
    public String toString() {
        return "RandomWorld[" + picture.people().size() + " people, " + users.size() + " users]";
    }
}
