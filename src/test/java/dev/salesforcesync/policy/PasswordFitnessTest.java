package dev.salesforcesync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.model.AccountState;
import dev.salesforcesync.model.AccountState.Activity;
import dev.salesforcesync.model.AccountState.Lockout;
import dev.salesforcesync.model.AccountState.PasswordState;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.SignInState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFitnessTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T10:00:00Z");
    private static final PolicyRules RULES = PolicyRules.defaults("default/people", java.util.List.of());

    private static final SalesforceId OURSELVES =
            AssumedOrg.of(RULES).runningUser().id();
    private static final SalesforceId ANNA = new SalesforceId("005000000000042");
    private static final SalesforceId PROTECTED = new SalesforceId("005000000000043");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "true, false, false, -",
                "false, false, false, UserInactive",
                "true, true, false, UserFrozen",
                "true, false, true, UserSignsInElsewhere",
                "false, true, true, UserInactive",
            })
    void onlySomebodyWhoSignsInWithAPasswordGetsOne(boolean active, boolean frozen, boolean elsewhere, String word) {
        SignInState state =
                new SignInState(user(ANNA, active), Optional.empty(), frozen, true, elsewhere, Optional.empty(), SINCE);

        assertThat(PasswordFitness.obstacle(state, protection())).isEqualTo(Optional.ofNullable(word));
    }

    @Test
    void nobodyWhoIsProtectedAndNotOurselves() {
        assertThat(PasswordFitness.obstacle(state(OURSELVES, Optional.empty(), SINCE), protection()))
                .contains("UserIsIntegrationUser");
        assertThat(PasswordFitness.obstacle(state(PROTECTED, Optional.empty(), SINCE), protection()))
                .contains("UserProtected");
    }

    @Test
    void aMailGoesToAUserWhoCameSinceAndNeverHadAPassword() {
        assertThat(wantsMail(Optional.empty(), SINCE.plusSeconds(60), Optional.empty()))
                .isTrue();
        assertThat(wantsMail(Optional.empty(), SINCE.minus(Duration.ofDays(9)), Optional.empty()))
                .as("he came before anybody wanted mails")
                .isFalse();
    }

    @Test
    void aMailGoesWhenTheDirectorysPasswordIsNewerThanSalesforces() {
        Instant changed = SINCE.plus(Duration.ofHours(2));

        assertThat(wantsMail(Optional.of(SINCE.minus(Duration.ofDays(30))), SINCE, Optional.of(changed)))
                .isTrue();
        assertThat(wantsMail(Optional.of(changed.plusSeconds(1)), SINCE, Optional.of(changed)))
                .as("the mail that was sent set it")
                .isFalse();
        assertThat(wantsMail(
                        Optional.of(SINCE.minus(Duration.ofDays(30))),
                        SINCE,
                        Optional.of(SINCE.minus(Duration.ofDays(1)))))
                .as("it changed before anybody wanted mails")
                .isFalse();
    }

    @Test
    void noMailGoesToSomebodyWhoIsDisabled() {
        SignInState state = state(ANNA, Optional.empty(), SINCE.plusSeconds(60));
        AccountState disabled = new AccountState(false, Optional.empty(), false);

        assertThat(PasswordFitness.wantsMail(state, disabled, SINCE)).isFalse();
    }

    private static boolean wantsMail(Optional<Instant> inSalesforce, Instant created, Optional<Instant> inDirectory) {
        AccountState account = new AccountState(
                true,
                Optional.empty(),
                Lockout.NONE,
                new PasswordState(inDirectory, false, Optional.empty()),
                Activity.NEVER);
        return PasswordFitness.wantsMail(state(ANNA, inSalesforce, created), account, SINCE);
    }

    private static Protection protection() {
        return new Protection(RULES.connection(), AssumedOrg.of(RULES), Set.of(PROTECTED));
    }

    private static SignInState state(SalesforceId id, Optional<Instant> passwordSet, Instant created) {
        return new SignInState(user(id, true), Optional.empty(), false, false, false, passwordSet, created);
    }

    private static SalesforceUser user(SalesforceId id, boolean active) {
        return new SalesforceUser(
                id,
                Map.of("Username", "u@example.com", "IsActive", String.valueOf(active), "ProfileId", "00e000000000001"),
                SINCE);
    }
}
