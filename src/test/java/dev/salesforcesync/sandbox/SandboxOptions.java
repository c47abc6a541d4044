package dev.salesforcesync.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the sandbox was asked for.
 *
 * @param users generated people beside those of the LDIF ({@code -Dsandbox.users=N})
 * @param once end when all is converged and verified ({@code -Dsandbox.once})
 * @param only one part alone, for other programs ({@code -Dsandbox.only=salesforce|directory|kubernetes})
 * @param kubeconfig a real API server instead of the embedded one ({@code -Dsandbox.kubeconfig=FILE})
 * @param folder where kubeconfig, endpoints.json and summary.json are written
 */
record SandboxOptions(int users, boolean once, Optional<Part> only, Optional<Path> kubeconfig, Path folder) {

    /** A part that can run alone. */
    enum Part {
        SALESFORCE,
        DIRECTORY,
        KUBERNETES
    }

    /** Reads the options; throws {@link IllegalArgumentException} that says what is allowed. */
    static SandboxOptions from(Map<String, String> given) {
        return new SandboxOptions(
                users(given.getOrDefault("sandbox.users", "")),
                once(given),
                only(given.getOrDefault("sandbox.only", "")),
                Optional.of(given.getOrDefault("sandbox.kubeconfig", ""))
                        .filter(file -> !file.isBlank())
                        .map(Path::of),
                Path.of("target", "sandbox"));
    }

    /** With {@code -Dsandbox.once} Maven hands over "true", without it the name of the property that is not set. */
    private static boolean once(Map<String, String> given) {
        String value = given.getOrDefault("sandbox.once", "false");
        return value.isEmpty() || value.equals("true");
    }

    private static int users(String text) {
        if (text.isBlank()) {
            return 0;
        }
        try {
            int users = Integer.parseInt(text.strip());
            if (users >= 0 && users <= 1_000_000) {
                return users;
            }
        } catch (NumberFormatException e) {
            // told below with the same words as a number out of range
        }
        throw new IllegalArgumentException("sandbox.users must be a number from 0 to 1000000");
    }

    private static Optional<Part> only(String text) {
        return switch (text.strip()) {
            case "" -> Optional.empty();
            case "salesforce" -> Optional.of(Part.SALESFORCE);
            case "directory" -> Optional.of(Part.DIRECTORY);
            case "kubernetes" -> Optional.of(Part.KUBERNETES);
            default -> throw new IllegalArgumentException("sandbox.only must be salesforce, directory or kubernetes");
        };
    }
}
