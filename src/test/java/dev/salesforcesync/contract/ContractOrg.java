package dev.salesforcesync.contract;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/**
 * An org that the contract is tried on.
 *
 * @param url its My Domain, without a path
 * @param profile the profile of the users that the suite creates
 * @param permissionSet the API name of a permission set that this profile's licence allows; empty when none is given
 * @param anchor a custom external-id field on User; empty when none is given
 * @param productionAllowed whether users may be created even where people work
 */
record ContractOrg(
        URI url,
        String clientId,
        String clientSecret,
        String profile,
        Optional<String> permissionSet,
        Optional<String> anchor,
        boolean productionAllowed) {

    /** Begins the names of all variables. */
    static final String PREFIX = "SALESFORCESYNC_SALESFORCE_";

    /** What PREFIX + PRODUCTION must say for users to be created in a production org. */
    static final String YES = "create-users-here";

    /**
     * Reads the org that the environment names.
     *
     * @throws IllegalStateException when the address is given and something else is missing
     */
    static ContractOrg of(Map<String, String> environment) {
        return new ContractOrg(
                URI.create(needed(environment, "URL").replaceAll("/+$", "")),
                needed(environment, "CLIENT_ID"),
                needed(environment, "CLIENT_SECRET"),
                needed(environment, "PROFILE"),
                optional(environment, "PERMISSION_SET"),
                optional(environment, "ANCHOR"),
                optional(environment, "PRODUCTION").filter(YES::equals).isPresent());
    }

    /**
     * This org, if it can be Salesforce's.
     *
     * @throws IllegalStateException when it is on this machine: a sandbox org proves nothing of a real one
     */
    ContractOrg real() {
        try {
            if (InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
                throw new IllegalStateException(url + " is on this machine; only Salesforce can prove anything here");
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException(url + " cannot be found", e);
        }
        return this;
    }

    private static String needed(Map<String, String> environment, String name) {
        return optional(environment, name).orElseThrow(() -> new IllegalStateException(PREFIX + name + " is missing"));
    }

    private static Optional<String> optional(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(PREFIX + name)).filter(value -> !value.isBlank());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return url.toString();
    }
}
