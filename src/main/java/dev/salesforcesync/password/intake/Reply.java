package dev.salesforcesync.password.intake;

import java.time.Duration;
import java.util.Optional;

/** What an agent is told by HTTPS. */
record Reply(int status, String type, String text, Optional<Duration> retryAfter, Optional<Header> header) {
    private static final String JSON = "application/json";

    record Header(String name, String value) {}

    /** @param result a stable CamelCase word */
    static Reply of(int status, String result) {
        return new Reply(status, JSON, "{\"result\":\"" + result + "\"}", Optional.empty(), Optional.empty());
    }

    /** @param why holds nothing of what was sent */
    static Reply malformed(String why) {
        return new Reply(
                400,
                JSON,
                "{\"result\":\"Malformed\",\"message\":\"" + why + "\"}",
                Optional.empty(),
                Optional.empty());
    }

    static Reply later(int status, String result, Duration wait) {
        return new Reply(status, JSON, "{\"result\":\"" + result + "\"}", Optional.of(wait), Optional.empty());
    }

    static Reply notAllowed(String method) {
        return new Reply(
                405,
                JSON,
                "{\"result\":\"MethodNotAllowed\"}",
                Optional.empty(),
                Optional.of(new Header("Allow", method)));
    }

    static Reply unknown(boolean bearer) {
        return new Reply(
                401,
                JSON,
                "{\"result\":\"Unauthorized\"}",
                Optional.empty(),
                Optional.of(new Header("WWW-Authenticate", bearer ? "Bearer" : "Basic realm=\"passwords\"")));
    }
}
