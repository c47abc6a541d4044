package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.EntitlementKind;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SignInState;
import dev.salesforcesync.salesforce.SalesforceOrg.NewAssignment;
import dev.salesforcesync.sandbox.salesforce.SalesforceOrgServer;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How users may sign in, against an org that behaves like a real one. */
class SignInStatesTest {
    private final SalesforceOrgServer server = SalesforceOrgServer.start(
            OrgSettings.builder("Acme")
                    .permissionSet(
                            new OrgSettings.PermissionSetSeed("Elsewhere", "Elsewhere", Optional.empty(), false, true))
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

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    @Test
    void tellInOneCallWhoIsFrozenLockedInactiveOrSignsInElsewhere() {
        assertThat(org.describe()).isInstanceOf(Result.Ok.class);
        List<SalesforceId> users = people(5);
        edit("UserLogin", login(users.get(1)), "IsFrozen", true);
        edit("User", users.get(2).value(), "IsActive", false);
        org.grant(
                EntitlementKind.PERMISSION_SET,
                List.of(new NewAssignment(
                        users.get(3),
                        new SalesforceId(server.org()
                                .recordsBy("PermissionSet", "Name", "Elsewhere")
                                .get(0)
                                .id()))));
        String admin = server.org()
                .user(server.org().settings().adminUsername())
                .orElseThrow()
                .id();
        server.org().setPassword(admin, users.get(4).value(), "Secret-4-Secret");
        long before = calls();

        Map<SalesforceId, SignInState> states = value(org.signInStates(users)).stream()
                .collect(Collectors.toMap(state -> state.user().id(), Function.identity()));

        assertThat(calls() - before).isEqualTo(1);
        assertThat(states.keySet()).containsExactlyInAnyOrderElementsOf(users);
        assertThat(states.values()).filteredOn(SignInState::frozen).hasSize(1).allMatch(state -> isOf(state, users, 1));
        assertThat(states.values())
                .filteredOn(state -> !state.active())
                .hasSize(1)
                .allMatch(state -> isOf(state, users, 2));
        assertThat(states.values())
                .filteredOn(SignInState::singleSignOn)
                .hasSize(1)
                .allMatch(state -> isOf(state, users, 3));
        assertThat(states.values())
                .filteredOn(state -> state.passwordSet().isPresent())
                .hasSize(1)
                .allMatch(state -> isOf(state, users, 4));
        assertThat(states.values()).allMatch(state -> state.login().isPresent() && !state.locked());
    }

    @Test
    void whoNeverHadAPasswordIsFoundByOneQuestion() {
        assertThat(org.describe()).isInstanceOf(Result.Ok.class);
        List<SalesforceId> users = people(3);
        String admin = server.org()
                .user(server.org().settings().adminUsername())
                .orElseThrow()
                .id();
        server.org().setPassword(admin, users.get(0).value(), "Secret-4-Secret");
        edit("User", users.get(1).value(), "IsActive", false);
        Instant now = Instant.now();

        assertThat(value(org.usersWithoutPassword(now.minusSeconds(60)))).contains(users.get(2));
        assertThat(value(org.usersWithoutPassword(now.minusSeconds(60)))).doesNotContain(users.get(0), users.get(1));
        assertThat(value(org.usersWithoutPassword(now.plusSeconds(60)))).isEmpty();
    }

    private long calls() {
        return org.callsSent().values().stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isOf(SignInState state, List<SalesforceId> users, int number) {
        return state.user().id().equals(users.get(number));
    }

    private List<SalesforceId> people(int count) {
        String profile = server.org()
                .recordsBy("Profile", "Name", "Standard User")
                .get(0)
                .id();
        return org
                .createUsers(
                        IntStream.range(0, count)
                                .mapToObj(i -> Map.of(
                                        "Username",
                                        "p" + i + "@signin.example.com",
                                        "LastName",
                                        "P" + i,
                                        "Email",
                                        "p" + i + "@example.com",
                                        "Alias",
                                        "p" + i,
                                        "ProfileId",
                                        profile,
                                        "TimeZoneSidKey",
                                        "Europe/Berlin",
                                        "LocaleSidKey",
                                        "de_DE",
                                        "LanguageLocaleKey",
                                        "de",
                                        "EmailEncodingKey",
                                        "UTF-8"))
                                .toList(),
                        Optional.empty())
                .stream()
                .map(outcome -> ((RowOutcome.Written) outcome).id())
                .toList();
    }

    private String login(SalesforceId user) {
        List<Row> rows = server.org().recordsBy("UserLogin", "UserId", user.value());
        return rows.get(0).id();
    }

    private void edit(String type, String id, String field, Object value) {
        assertThat(server.org().editAsHuman(type, id, Map.of(field, value)).errors())
                .isEmpty();
    }

    private static <T> T value(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }
}
