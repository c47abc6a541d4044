package dev.salesforcesync.salesforce;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The audience of a JWT bearer assertion where nobody wrote one: the login host that the org belongs to (Salesforce
 * Help, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration"). Government clouds and further partitions have
 * login hosts of their own, so there it must be written out.
 */
public final class JwtAudience {
    private static final String LABEL = "[a-z0-9-]+";
    private static final Pattern TEST = Pattern.compile(
            "test\\.salesforce\\.com|" + LABEL + "\\.(sandbox|scratch)\\.my\\.salesforce\\.com",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PRODUCTION = Pattern.compile(
            "login\\.salesforce\\.com|" + LABEL + "(\\.(develop|trailblaze))?\\.my\\.salesforce\\.com",
            Pattern.CASE_INSENSITIVE);

    private JwtAudience() {}

    /** The audience for the org at an address, where the address tells it. */
    public static Optional<String> of(URI instanceUrl) {
        String host = String.valueOf(instanceUrl.getHost()).toLowerCase(Locale.ROOT);
        if (TEST.matcher(host).matches()) {
            return Optional.of("https://test.salesforce.com");
        }
        return PRODUCTION.matcher(host).matches() ? Optional.of("https://login.salesforce.com") : Optional.empty();
    }
}
