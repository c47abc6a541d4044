package dev.salesforcesync.sandbox.salesforce.protocol;

import java.util.Optional;

/** The session key in an Authorization header: "Bearer …", or "OAuth …" as older clients write. */
final class Bearer {
    private Bearer() {}

    static Optional<String> key(Request request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Bearer ") || value.startsWith("OAuth "))
                .map(value -> value.substring(value.indexOf(' ') + 1).strip());
    }
}
