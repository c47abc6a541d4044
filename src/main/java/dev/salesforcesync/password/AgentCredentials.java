package dev.salesforcesync.password;

import java.util.List;
import java.util.Optional;

/**
 * By what the agents of one policy are known. Each list has the value that counts, and while values are being changed the
 * one before.
 *
 * @param passSync passwords of the PassSync service's bind; empty when it is not let in
 * @param tokens bearer tokens of agents that post JSON
 * @param clientNames DNS names in client certificates of agents that post JSON
 * @param midPoint how midPoint's agent signs in
 */
public record AgentCredentials(
        List<String> passSync, List<String> tokens, List<String> clientNames, Optional<Basic> midPoint) {
    public AgentCredentials {
        passSync = List.copyOf(passSync);
        tokens = List.copyOf(tokens);
        clientNames = List.copyOf(clientNames);
    }

    /** A name and the passwords that fit it. */
    public record Basic(String name, List<String> passwords) {
        public Basic {
            passwords = List.copyOf(passwords);
        }

        @Override
        public String toString() {
            return "Basic[]";
        }
    }

    @Override
    public String toString() {
        return "AgentCredentials[]";
    }
}
