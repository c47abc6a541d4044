package dev.salesforcesync.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningInTest {
    private static final String EMPTY_PAGE = "{\"totalSize\":0,\"done\":true,\"records\":[]}";
    private final ScriptedSalesforce server = new ScriptedSalesforce();
    private final ManualClock clock = new ManualClock();
    private final SalesforceOrg org = SalesforceGateway.open(server.settings(), clock, CallObserver.NONE);

    SigningInTest() {
        server.rest = request -> server.json(200, EMPTY_PAGE);
    }

    @AfterEach
    void close() {
        org.close();
        server.close();
    }

    private Failure refusal() {
        return ((Result.Failed<?>) org.readUsers(Set.of())).failure();
    }

    private void refuse(int status, String error, String description) {
        server.token = request ->
                server.json(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    @Test
    void sendsTheCredentialsInTheFormAndTheTokenAfterwards() {
        assertThat(org.readUsers(Set.of())).isEqualTo(Result.ok(List.of()));

        String form = URLDecoder.decode(server.seen("/token").get(0).body(), StandardCharsets.UTF_8);
        assertThat(form).isEqualTo("grant_type=client_credentials&client_id=id&client_secret=secret&+ü");
        assertThat(server.seen("/query").get(0).session()).contains("00D!T1");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_client, invalid client credentials, SalesforceCredentialsRejected",
        "400, invalid_client_id, client identifier invalid, SalesforceCredentialsRejected",
        "400, invalid_grant, no client credentials user enabled, SalesforceRunAsUserMissing",
        "400, invalid_grant, request not supported on this domain, SalesforceMyDomainRequired",
        "400, inactive_user, user is inactive, SalesforceUserInactive",
        "400, invalid_grant, user inactive, SalesforceUserInactive",
        "400, inactive_org, organization is locked, SalesforceOrganizationInactive",
        "400, unsupported_grant_type, grant type not supported, SalesforceFlowNotEnabled",
        "400, invalid_grant, client credentials flow not enabled, SalesforceFlowNotEnabled",
        "400, invalid_grant, Audience validation failed, SalesforceAudienceRejected",
        "400, invalid_grant, user hasn't approved this consumer, SalesforceAppNotApproved",
        "400, invalid_app_access, user is not admin approved to access this app, SalesforceAppNotApproved",
        "400, invalid_grant, invalid assertion, SalesforceAssertionRejected",
        "400, invalid_grant, expired authorization code, SalesforceAssertionExpired",
        "400, invalid_grant, expired access/refresh token, SalesforceAppNotApproved",
        "400, invalid_grant, expired authorization code - clock, SalesforceAssertionExpired",
        "400, invalid_grant, ip restricted, SalesforceSignInRestricted",
        "400, invalid_grant, user is not admin approved to access this app, SalesforceAppNotApproved",
        "400, invalid_grant, authentication failure, SalesforceSignInRefused",
        "400, invalid_grant, authentication failure - Invalid Password, SalesforceCredentialsRejected",
        "400, invalid_scope, the requested scope is invalid, SalesforceScopeMissing",
        "400, something_new, nobody knows, SalesforceSignInRefused"
    })
    void saysWhyASignInIsRefusedAndThatAPersonMustAct(int status, String error, String description, String reason) {
        refuse(status, error, description + " zofia@corp.example");

        Failure failure = refusal();

        assertThat(failure).isInstanceOf(Failure.Terminal.class);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message()).doesNotContain("zofia").doesNotContain("secret&");
    }

    @ParameterizedTest
    @CsvSource({
        "400, rate_limit_exceeded, login rate exceeded, SalesforceSignInRateLimited",
        "400, invalid_grant, login rate exceeded, SalesforceSignInRateLimited",
        "500, server_error, oops, SalesforceUnavailable",
        "503, temporarily_unavailable, busy, SalesforceUnavailable"
    })
    void knowsWhatPasses(int status, String error, String description, String reason) {
        refuse(status, error, description);

        assertThat(refusal()).isInstanceOf(Failure.Transient.class);
        assertThat(refusal().reason()).isEqualTo(reason);
    }

    @Test
    void aMaintenancePageInPlaceOfATokenPasses() {
        server.token = request -> server.plain(200, "text/html", "<html>We are down</html>");
        assertThat(refusal().reason()).isEqualTo("SalesforceAnswerUnreadable");

        server.token = request -> server.plain(503, "text/html", "<html>We are down</html>");
        assertThat(refusal().reason()).isEqualTo("SalesforceUnavailable");
    }

    @Test
    void aRedirectedSignInIsNotFollowedWithTheSecret() {
        server.token = request -> ScriptedSalesforce.redirect(server.url() + "/elsewhere");

        assertThat(refusal().reason()).isEqualTo("SalesforceUnexpectedRedirect");
        assertThat(server.seen("/elsewhere")).isEmpty();
    }

    @Test
    void refusedCredentialsAreSentThreeTimesAnHourAtMost() {
        refuse(400, "invalid_client", "invalid client credentials");
        for (int call = 0; call < 10; call++) {
            assertThat(refusal().reason()).isEqualTo("SalesforceCredentialsRejected");
        }
        assertThat(server.signIns).hasValue(3);

        clock.pass(Duration.ofMinutes(59));
        assertThat(refusal()).isInstanceOf(Failure.Terminal.class);
        assertThat(server.signIns).hasValue(3);

        clock.pass(Duration.ofMinutes(1));
        server.token = request -> server.json(200, server.tokenAnswer());
        assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
    }

    @Test
    void aNewGatewayTriesAtOnce() {
        refuse(400, "invalid_client", "invalid client credentials");
        for (int call = 0; call < 5; call++) {
            refusal();
        }
        server.token = request -> server.json(200, server.tokenAnswer());

        try (SalesforceOrg changedSecret = SalesforceGateway.open(server.settings(), clock, CallObserver.NONE)) {
            assertThat(changedSecret.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void anotherGatewayWithTheSameCredentialsDoesNotBeginToCountAgain() {
        RefusedCredentials shared = new RefusedCredentials();
        refuse(400, "invalid_client", "invalid client credentials");
        for (int budget = 1; budget < 6; budget++) {
            SalesforceSettings settings =
                    server.settings(Duration.ofSeconds(20), new SalesforceSettings.Budget(100, 0, budget));
            try (SalesforceOrg next =
                    SalesforceGateway.open(settings, clock, CallObserver.NONE, shared, Refusals.NONE)) {
                Failure failure = ((Result.Failed<?>) next.readUsers(Set.of())).failure();
                assertThat(failure.reason()).isEqualTo("SalesforceCredentialsRejected");
            }
        }
        assertThat(server.signIns).hasValue(3);

        server.token = request -> server.json(200, server.tokenAnswer());
        SalesforceSettings told = server.settings();
        SalesforceSettings changed = new SalesforceSettings(
                told.instanceUrl(),
                told.apiVersion(),
                new SalesforceSettings.Authentication.ClientCredentials("id", "changed-secret"),
                told.caPem(),
                told.proxy(),
                told.budget(),
                told.requestTimeout());
        try (SalesforceOrg next = SalesforceGateway.open(changed, clock, CallObserver.NONE, shared, Refusals.NONE)) {
            assertThat(next.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        }
        assertThat(server.signIns).hasValue(4);

        clock.pass(Duration.ofHours(1));
        try (SalesforceOrg old = SalesforceGateway.open(told, clock, CallObserver.NONE, shared, Refusals.NONE)) {
            assertThat(old.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void anotherProcessGoesOnCountingAndForgetsAfterAnHour() {
        refuse(400, "invalid_client", "invalid client credentials");
        refusal();
        refusal();
        Refusals kept = org.refusals();
        assertThat(kept.moments()).hasSize(2);

        RefusedCredentials shared = new RefusedCredentials();
        SalesforceSettings settings = server.settings();
        try (SalesforceOrg next = SalesforceGateway.open(settings, clock, CallObserver.NONE, shared, kept)) {
            next.readUsers(Set.of());
            assertThat(server.signIns).hasValue(3);
            next.readUsers(Set.of());
            assertThat(server.signIns).hasValue(3);
            clock.pass(Duration.ofHours(1));
            assertThat(next.refusals()).isEqualTo(Refusals.NONE);
            next.readUsers(Set.of());
            assertThat(server.signIns).hasValue(4);
        }
        // This process knows better than what was kept.
        try (SalesforceOrg again = SalesforceGateway.open(settings, clock, CallObserver.NONE, shared, kept)) {
            assertThat(again.refusals().moments()).hasSize(1);
        }
    }

    @Test
    void credentialsThatWereAcceptedBeginAnew() {
        refuse(400, "invalid_client", "invalid client credentials");
        refusal();
        refusal();
        server.token = request -> server.json(200, server.tokenAnswer());
        assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        server.rest = request -> server.plain(401, "text/plain", "");
        refuse(400, "invalid_client", "invalid client credentials");
        for (int call = 0; call < 5; call++) {
            refusal();
        }

        assertThat(server.signIns).hasValue(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://login.salesforce.com", "https://TEST.salesforce.com/"})
    void noClientSecretLeavesForAnAddressThatTakesNone(String address) {
        SalesforceSettings told = server.settings();
        // A proxy that is not there: whatever left would end as unreachable.
        SalesforceSettings generic = new SalesforceSettings(
                URI.create(address),
                told.apiVersion(),
                told.authentication(),
                told.caPem(),
                Optional.of(new SalesforceSettings.Proxy(
                        URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty())),
                told.budget(),
                told.requestTimeout());
        try (SalesforceOrg homeless = SalesforceGateway.open(generic)) {
            Failure failure = ((Result.Failed<?>) homeless.readUsers(Set.of())).failure();

            assertThat(failure).isInstanceOf(Failure.Terminal.class);
            assertThat(failure.reason()).isEqualTo("SalesforceMyDomainRequired");
            assertThat(failure.message()).contains("my.salesforce.com");
            assertThat(homeless.callsSent()).isEmpty();
        }
    }

    @Test
    void whatPassesIsNotCountedAsRefused() {
        refuse(503, "temporarily_unavailable", "busy");
        for (int call = 0; call < 5; call++) {
            refusal();
        }
        assertThat(server.signIns).hasValue(5);
    }

    @Test
    void aTokenForAnotherDomainGoesNowhere() {
        server.token = request ->
                server.json(200, "{\"access_token\":\"T\",\"instance_url\":\"http://evil.example\",\"id\":\"x\"}");

        assertThat(refusal().reason()).isEqualTo("SalesforceInstanceMismatch");
    }

    @Test
    void aTokenInJwtFormIsExplained() {
        server.token = request -> server.json(200, "{\"access_token\":\"eyJhbGciOi.x.y\"}");

        assertThat(refusal().reason()).isEqualTo("SalesforceTokenFormatUnsupported");
    }

    @Test
    void manyWorkersRenewAnExpiredSessionOnce() throws Exception {
        int workers = 8;
        assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
        CyclicBarrier together = new CyclicBarrier(workers);
        server.rest = request -> {
            if (request.session().equals(java.util.Optional.of("00D!T1"))) {
                return exchange -> {
                    try {
                        together.await(20, TimeUnit.SECONDS);
                    } catch (Exception broken) {
                        throw new IllegalStateException(broken);
                    }
                    server.json(
                                    401,
                                    "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]")
                            .to(exchange);
                };
            }
            return server.json(200, EMPTY_PAGE);
        };
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        List<Future<Result<?>>> results = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            results.add(threads.submit(() -> org.readUsers(Set.of())));
        }
        for (Future<Result<?>> result : results) {
            assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(Result.Ok.class);
        }
        threads.shutdown();

        assertThat(server.signIns).hasValue(2);
    }

    @Test
    void a401WithoutABodyRenewsTooAndASecondOneEndsTheCall() {
        server.rest = request -> server.plain(401, "text/plain", "");

        assertThat(refusal().reason()).isEqualTo("SalesforceSessionRejected");
        assertThat(server.signIns).hasValue(2);
    }

    @Test
    void sessionsThatNeverHoldAreNotOpenedForEver() {
        server.rest = request -> server.plain(401, "text/plain", "");
        for (int call = 0; call < 60; call++) {
            assertThat(refusal().reason()).isEqualTo("SalesforceSessionRejected");
        }
        assertThat(server.signIns).hasValue(31);

        clock.pass(Duration.ofHours(1));
        server.rest = request -> server.json(200, EMPTY_PAGE);
        assertThat(org.readUsers(Set.of())).isInstanceOf(Result.Ok.class);
    }

    @Test
    void aSessionThatIsNotForRestIsNotRenewed() {
        server.rest = request -> server.json(
                401,
                "[{\"message\":\"This session is not valid for use with the REST API\","
                        + "\"errorCode\":\"INVALID_SESSION_ID\"}]");

        assertThat(refusal().reason()).isEqualTo("SalesforceScopeMissing");
        assertThat(server.signIns).hasValue(1);
    }

    @Test
    void closingRevokesTheSessionAndOpensNoOther() {
        org.readUsers(Set.of());
        org.close();

        assertThat(server.seen("/revoke"))
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEqualTo("token=00D%21T1"));
        assertThat(refusal().reason()).isEqualTo("SalesforceConnectionClosed");
        assertThat(server.signIns).hasValue(1);
    }

    @Test
    void closingRevokesTheSessionsThatWereReplacedInTimeToo() {
        org.readUsers(Set.of());
        clock.pass(Duration.ofMinutes(108));
        org.readUsers(Set.of());
        assertThat(server.signIns).hasValue(2);
        org.close();

        assertThat(server.seen("/revoke").stream().map(ScriptedSalesforce.Seen::body))
                .containsExactlyInAnyOrder("token=00D%21T1", "token=00D%21T2");
    }

    @Test
    void theSameTokenOnceMoreIsRevokedOnce() {
        server.token = request -> server.json(200, "{\"access_token\":\"00D!SAME\"}");
        org.readUsers(Set.of());
        clock.pass(Duration.ofMinutes(108));
        org.readUsers(Set.of());
        org.close();

        assertThat(server.signIns).hasValue(2);
        assertThat(server.seen("/revoke")).hasSize(1);
    }

    @Test
    void closingWithoutASessionCallsNobody() {
        org.close();

        assertThat(org.callsSent()).isEqualTo(Map.of());
    }
}
