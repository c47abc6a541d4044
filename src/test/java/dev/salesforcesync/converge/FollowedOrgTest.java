package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.Entitlement;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.RowOutcome;
import dev.salesforcesync.salesforce.SalesforceGateway;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.salesforce.SalesforceOrg.UserUpdate;
import dev.salesforcesync.salesforce.SalesforceSettings;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.SkewedClock;
import dev.salesforcesync.sandbox.salesforce.org.Usernames;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of an org by following it, compared with what a read of all of it shows. */
class FollowedOrgTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final SkewedClock orgClock = new SkewedClock(Clock.fixed(START, ZoneOffset.UTC));
    private final SalesforceOrgServer server = SalesforceOrgServer.start(
            OrgSettings.builder("Followed")
                    .usernames(new Usernames())
                    .clock(orgClock)
                    .permissionSetGroup("Power_Bundle", "Report_Reader")
                    .lockWait(Duration.ZERO)
                    .build(),
            0);
    private final SalesforceOrg org = SalesforceGateway.open(new SalesforceSettings(
            URI.create(server.baseUrl()),
            "65.0",
            new SalesforceSettings.Authentication.ClientCredentials(
                    server.org().settings().clientId(), server.org().settings().clientSecret()),
            Optional.empty(),
            Optional.empty(),
            SalesforceSettings.Budget.DEFAULT,
            Duration.ofSeconds(30)));
    private final OrgDescription description = value(org.describe());
    private final OrgQuestion question =
            new OrgQuestion(org, Set.of("Title", "Email"), Set.of(EntitlementKind.values()), Set.of("Full_Access"));
    private Duration passed = Duration.ZERO;
    private final FollowedOrg followed = new FollowedOrg(() -> passed.toNanos());
    private final List<SalesforceId> users = new ArrayList<>();
    private int people;

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private static <T> T value(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private void pass(Duration time) {
        passed = passed.plus(time);
        orgClock.skew(passed);
    }

    private long calls() {
        return org.callsSent().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Everything that is known, in an order of its own. */
    private record Known(
            Set<Object> users, Set<Assignment> rights, Set<SalesforceId> holders, Set<LoginRecord> logins) {}

    private Known known(FollowedOrg side, boolean anew) {
        OrgPicture picture = value(side.look(question, anew));
        return new Known(
                picture.users().stream()
                        .map(user -> Map.of(user.id(), user.fields()))
                        .collect(Collectors.toSet()),
                Set.copyOf(picture.assignments()),
                picture.holders(),
                new HashSet<>(value(side.loginRecords(org, users)).values()));
    }

    private void assertKnowsAll() {
        assertThat(known(followed, false)).isEqualTo(known(new FollowedOrg(() -> 0), true));
    }

    @Test
    void knowsAfterEveryHistoryWhatAReadOfAllOfItShows() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 5; i++) {
            hire();
        }
        known(followed, true);
        for (int round = 0; round < 150; round++) {
            int edits = random.nextInt(5);
            for (int i = 0; i < edits; i++) {
                edit(random);
                pass(Duration.ofSeconds(random.nextInt(90)));
            }
            pass(Duration.ofMinutes(random.nextInt(3) == 0 ? random.nextInt(600) : 0));
            if (random.nextBoolean()) {
                value(followed.news(question));
            }
            assertKnowsAll();
        }
    }

    private void edit(Random random) {
        SalesforceId user = users.get(random.nextInt(users.size()));
        switch (random.nextInt(8)) {
            case 0 -> hire();
            case 1 -> server.org().editAsHuman("User", user.value(), Map.of("Title", "Title " + random.nextInt(100)));
            case 2 -> server.org().editAsHuman("User", user.value(), Map.of("IsActive", random.nextBoolean()));
            case 3 -> {
                String login = server.org()
                        .recordsBy("UserLogin", "UserId", user.value())
                        .get(0)
                        .id();
                server.org().editAsHuman("UserLogin", login, Map.of("IsFrozen", random.nextBoolean()));
            }
            case 4 ->
                org.updateUsers(List.of(
                        new UserUpdate(user, Map.of("Title", Optional.of("Ours " + random.nextInt(100))))));
            case 5, 6 -> grant(user, random);
            default -> withdraw(random);
        }
    }

    private void grant(SalesforceId user, Random random) {
        List<Entitlement> offered = description.entitlements().values().stream()
                .flatMap(kind -> kind.values().stream())
                .toList();
        Entitlement right = offered.get(random.nextInt(offered.size()));
        org.grant(right.kind(), List.of(new NewAssignment(user, right.id())));
    }

    private void withdraw(Random random) {
        List<Assignment> held = value(org.assignmentsOf(question.kinds(), users));
        if (!held.isEmpty()) {
            Assignment row = held.get(random.nextInt(held.size()));
            followed.sent(List.of(new Action.Withdraw(new ObjectGuid(new UUID(0, 1)), row, "right", "")));
            assertThat(org.withdraw(row.kind(), List.of(row.id())).get(0)).isInstanceOf(RowOutcome.Written.class);
        }
    }

    private void hire() {
        people++;
        Map<String, String> row = new LinkedHashMap<>();
        row.put("Username", "p" + people + "@followed.example.com");
        row.put("LastName", "P" + people);
        row.put("Email", "p" + people + "@followed.example.com");
        row.put("Alias", "p" + people);
        row.put("TimeZoneSidKey", "Europe/Berlin");
        row.put("LocaleSidKey", "de_DE");
        row.put("LanguageLocaleKey", "de");
        row.put("EmailEncodingKey", "UTF-8");
        row.put(
                "ProfileId",
                server.org()
                        .recordsBy("Profile", "Name", "Standard User")
                        .get(0)
                        .id());
        users.add(((RowOutcome.Written)
                        org.createUsers(List.of(row), Optional.empty()).get(0))
                .id());
    }

    @Test
    void aQuietLookCostsOneCallAndFindsNothing() {
        hire();
        known(followed, true);
        followed.heed();
        pass(Duration.ofMinutes(10));
        long before = calls();

        assertThat(value(followed.news(question)).isEmpty()).isTrue();
        assertThat(calls()).isEqualTo(before + 1);
    }

    @Test
    void whatChangedIsSaidUntilItIsHeeded() {
        hire();
        hire();
        known(followed, true);
        followed.heed();
        pass(Duration.ofHours(3));
        server.org().editAsHuman("User", users.get(0).value(), Map.of("Title", "Changed"));
        pass(Duration.ofHours(3));

        FollowedOrg.News one = new FollowedOrg.News(Set.of(users.get(0)), false);
        assertThat(value(followed.news(question))).isEqualTo(one);
        assertThat(value(followed.news(question))).isEqualTo(one);
        assertKnowsAll();
        assertThat(value(followed.news(question))).isEqualTo(one);
        followed.heed();
        assertThat(value(followed.news(question)).isEmpty()).isTrue();
    }

    /** After a doubt, somebody who asks may have everything read: whoever acts then must look at everybody. */
    @Test
    void whatWasReadInFullConcernsEverybodyUntilItIsHeeded() {
        hire();
        known(followed, true);
        followed.heed();
        followed.doubt();
        assertThat(followed.unheeded().forAll()).isTrue();

        known(followed, false);

        assertThat(followed.unheeded().forAll()).isTrue();
        assertThat(value(followed.news(question)).forAll()).isTrue();
        followed.heed();
        assertThat(value(followed.news(question)).isEmpty()).isTrue();
    }

    @Test
    void ourOwnWritesAreKnownToBeUnread() {
        hire();
        known(followed, true);
        Action update = new Action.Update(
                ObjectGuid.parse("00000000-0000-0000-0000-000000000001"), users.get(0), new TreeMap<>(), false, "");

        followed.sent(List.of(update));
        assertThat(followed.wroteToAny(users)).isTrue();

        value(followed.news(question));
        assertThat(followed.wroteToAny(users)).isFalse();
    }

    private long readsOfAll() {
        return org.callsSent().getOrDefault("query", 0L);
    }

    @Test
    void anotherQuestionIsAnsweredByAReadOfAll() {
        hire();
        known(followed, true);
        OrgQuestion other = new OrgQuestion(org, Set.of("LastName"), Set.of(), Set.of());

        assertThat(value(followed.look(other, false)).users())
                .filteredOn(user -> user.id().equals(users.get(0)))
                .singleElement()
                .satisfies(user -> assertThat(user.field("LastName")).contains("P1"));
    }

    @Test
    void aDoubtIsSettledByAReadOfAll() {
        hire();
        known(followed, true);
        long before = readsOfAll();
        value(followed.look(question, false));
        assertThat(readsOfAll()).isEqualTo(before);

        followed.doubt();
        value(followed.look(question, false));
        assertThat(readsOfAll()).isGreaterThan(before);
    }

    @Test
    void readsAllWhereNewsCannotBeAsked() {
        hire();
        Failure refused = new Failure.Terminal("SalesforceFieldUnknown", "no such field");
        SalesforceOrg tellsNoNews = (SalesforceOrg) Proxy.newProxyInstance(
                SalesforceOrg.class.getClassLoader(),
                new Class<?>[] {SalesforceOrg.class},
                (proxy, method, arguments) -> method.getName().equals("newsSince")
                        ? Result.failed(refused)
                        : method.getDeclaringClass().equals(Object.class)
                                ? proxy == arguments[0]
                                : method.invoke(org, arguments));
        OrgQuestion deaf = new OrgQuestion(tellsNoNews, Set.of("Title"), Set.of(), Set.of());
        value(followed.look(deaf, true));
        server.org().editAsHuman("User", users.get(0).value(), Map.of("Title", "Changed"));

        assertThat(value(followed.look(deaf, false)).users())
                .anySatisfy(user -> assertThat(user.field("Title")).contains("Changed"));
    }
}
