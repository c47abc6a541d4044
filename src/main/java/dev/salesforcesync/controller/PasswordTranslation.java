package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.Durations;
import dev.salesforcesync.api.v1alpha1.LocalRef;
import dev.salesforcesync.api.v1alpha1.PasswordsSpec;
import dev.salesforcesync.converge.PasswordOrder;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.password.AgentCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a SyncPolicy says of passwords into an order, and the Secrets of its agents into credentials. */
final class PasswordTranslation {
    /** What can be guessed by trying is no token: it is all that stands before the intake. */
    static final int SHORTEST_TOKEN = 32;

    static final int SHORTEST_PASSWORD = 16;

    private static final String PATH = "spec.passwords.agents.";

    private PasswordTranslation() {}

    static PasswordOrder order(PasswordsSpec spec) {
        return new PasswordOrder(
                switch (spec.mode()) {
                    case NONE, UNRECOGNIZED -> PasswordOrder.Mode.NONE;
                    case CAPTURE -> PasswordOrder.Mode.CAPTURE;
                    case RESET_EMAIL -> PasswordOrder.Mode.RESET_EMAIL;
                },
                spec.unlock(),
                spec.fallback() == PasswordsSpec.Fallback.RESET_EMAIL,
                Durations.parse(spec.timeToLive()));
    }

    /** By what the policy's agents are known, or the first Secret that is not as it must be. */
    static Result<AgentCredentials> agents(PasswordsSpec spec, SecretLookup secrets) {
        Optional<PasswordsSpec.Agents> agents = spec.findAgents();
        return passSync(agents.flatMap(PasswordsSpec.Agents::findPassSync), secrets)
                .flatMap(passSync -> tokens(agents.flatMap(PasswordsSpec.Agents::findJson), secrets)
                        .flatMap(tokens -> midPoint(agents.flatMap(PasswordsSpec.Agents::findMidPoint), secrets)
                                .map(midPoint -> new AgentCredentials(
                                        passSync,
                                        tokens,
                                        agents.flatMap(PasswordsSpec.Agents::findJson)
                                                .map(PasswordsSpec.Json::clientNames)
                                                .orElse(List.of()),
                                        midPoint))));
    }

    private static Result<List<String>> passSync(Optional<PasswordsSpec.PassSync> agent, SecretLookup secrets) {
        return agent.map(given -> values(
                        "passSync.credentialsSecretRef",
                        given.credentialsSecretRef(),
                        "password",
                        "previousPassword",
                        SHORTEST_PASSWORD,
                        secrets))
                .orElseGet(() -> Result.ok(List.of()));
    }

    private static Result<List<String>> tokens(Optional<PasswordsSpec.Json> agent, SecretLookup secrets) {
        return agent.flatMap(PasswordsSpec.Json::findTokenSecretRef)
                .map(given -> values("json.tokenSecretRef", given, "token", "previousToken", SHORTEST_TOKEN, secrets))
                .orElseGet(() -> Result.ok(List.of()));
    }

    private static Result<Optional<AgentCredentials.Basic>> midPoint(
            Optional<PasswordsSpec.MidPoint> agent, SecretLookup secrets) {
        if (agent.isEmpty()) {
            return Result.ok(Optional.empty());
        }
        LocalRef reference = agent.get().credentialsSecretRef();
        String path = "midPoint.credentialsSecretRef";
        return values(path, reference, "password", "previousPassword", SHORTEST_PASSWORD, secrets)
                .flatMap(passwords -> secrets.value(PATH + path, reference.name(), "username")
                        .map(name -> Optional.of(new AgentCredentials.Basic(name, passwords))));
    }

    private static Result<List<String>> values(
            String path, LocalRef reference, String key, String previousKey, int shortest, SecretLookup secrets) {
        List<String> values = new ArrayList<>();
        for (String one : List.of(key, previousKey)) {
            if (one.equals(previousKey) && !secrets.has(reference.name(), previousKey)) {
                break;
            }
            Result<String> value = secrets.value(PATH + path, reference.name(), one);
            if (!(value instanceof Result.Ok<String> ok)) {
                return value.map(List::of);
            }
            if (ok.value().length() < shortest) {
                return Result.failed(new Failure.Terminal(
                        "CredentialTooWeak",
                        PATH + path + ": the value of '" + one + "' in the Secret '" + reference.name()
                                + "' has fewer than " + shortest + " characters; take a longer random one."));
            }
            values.add(ok.value());
        }
        return Result.ok(values);
    }
}
