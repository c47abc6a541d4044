package dev.salesforcesync.salesforce;

import com.sforce.soap.partner.LoginResult;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceSettings.Authentication.SoapLogin;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Signs in by SOAP login() at the instance URL, over our own transport: WSC's default address is a test host of
 * Salesforce's, and its own transport may send the password twice.
 */
final class SoapSignIn implements SignIn {
    private static final Duration LOGOUT_TIMEOUT = Duration.ofSeconds(5);

    private final SoapLogin login;
    private final Wire wire;
    private final URI instanceUrl;
    private final String apiVersion;

    SoapSignIn(SoapLogin login, Wire wire, URI instanceUrl, String apiVersion) {
        this.login = login;
        this.wire = wire;
        this.instanceUrl = instanceUrl;
        this.apiVersion = apiVersion;
    }

    @Override
    public Result<Session> signIn() {
        if (Double.parseDouble(apiVersion) > SoapLogin.LAST_VERSION) {
            return Result.failed(SalesforceErrors.call("INVALID_OPERATION", "login"));
        }
        if (!UserRows.legal(login.username()) || !UserRows.legal(login.password())) {
            // WSC would leave the characters out and try another password.
            return Result.failed(new Failure.Terminal(
                    SalesforceReason.CREDENTIALS_REJECTED,
                    "The username, password or security token holds a control character, which SOAP cannot carry."));
        }
        AtomicReference<Optional<Delivery>> fate = new AtomicReference<>(Optional.empty());
        try {
            return session(connection("signIn", instanceUrl, Optional.empty(), wire::send, fate)
                    .login(login.username(), login.password()));
        } catch (ConnectionException | RuntimeException broken) {
            return Result.failed(
                    Objects.requireNonNull(fate.get()).map(SoapSignIn::failure).orElseGet(NetworkErrors::unreadable));
        }
    }

    @Override
    public void revoke(Session session) {
        try {
            connection(
                            "revoke",
                            session.instance(),
                            Optional.of(session.token()),
                            call -> wire.send(call, LOGOUT_TIMEOUT),
                            new AtomicReference<>(Optional.empty()))
                    .logout();
        } catch (ConnectionException | RuntimeException tooLate) {
            // It ends by itself.
            return;
        }
    }

    private PartnerConnection connection(
            String operation,
            URI root,
            Optional<String> token,
            Function<HttpCall, Delivery> way,
            AtomicReference<Optional<Delivery>> fate)
            throws ConnectionException {
        String endpoint = root.resolve("/services/Soap/u/" + apiVersion).toString();
        ConnectorConfig config = new ConnectorConfig();
        config.setManualLogin(true);
        config.setServiceEndpoint(endpoint);
        config.setAuthEndpoint(endpoint);
        token.ifPresent(config::setSessionId);
        config.setTransportFactory(() -> new SoapTransport(way, () -> operation, done -> fate.set(Optional.of(done))));
        PartnerConnection connection = new PartnerConnection(config);
        connection.setCallOptions(SalesforceGateway.CLIENT, null);
        return connection;
    }

    private Result<Session> session(LoginResult result) {
        if (result.isPasswordExpired()) {
            return Result.failed(SalesforceErrors.call("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", ""));
        }
        String token = Optional.ofNullable(result.getSessionId()).orElse("");
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Result.failed(NetworkErrors.unreadable());
        }
        Optional<URI> instance = new InstanceAddress(instanceUrl)
                .accepted(Optional.ofNullable(result.getServerUrl()).orElse(""));
        if (instance.isEmpty()) {
            return Result.failed(InstanceAddress.MISMATCH);
        }
        Optional<Duration> lifetime = Optional.ofNullable(result.getUserInfo())
                .map(info -> Duration.ofSeconds(info.getSessionSecondsValid()))
                .filter(told -> told.compareTo(Duration.ZERO) > 0);
        return Result.ok(new Session(token, instance.get(), user(result), lifetime));
    }

    private static Optional<SalesforceId> user(LoginResult result) {
        try {
            return Optional.ofNullable(result.getUserId()).map(SalesforceId::new);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** WSC's exceptions say too little and quote too much, so the request's own fate is looked at instead. */
    private static Failure failure(Delivery delivery) {
        if (delivery instanceof Delivery.Undelivered undelivered) {
            return undelivered.failure();
        }
        if (delivery instanceof Delivery.Lost lost) {
            return lost.failure();
        }
        Delivery.Answered answered = (Delivery.Answered) delivery;
        return SoapFault.in(answered.body())
                .map(fault -> fault.text().toLowerCase(Locale.ROOT).contains("rate exceeded")
                        ? SignInErrors.of(400, "rate_limit_exceeded", "")
                        : SalesforceErrors.call(fault.code(), fault.text()))
                .orElseGet(
                        () -> answered.ok() ? NetworkErrors.unreadable() : SalesforceErrors.status(answered.status()));
    }
}
