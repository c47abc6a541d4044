package dev.salesforcesync.api.v1alpha1;

/** Patterns of the schema, each in one place. Anchored, without look-around: API servers use RE2. */
final class Bounds {

    /** DNS subdomain, RFC 1123: what Kubernetes accepts as the name of most objects. */
    static final String NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

    static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";
    static final String DURATION = "^([0-9]+(ms|s|m|h|d))+$";
    static final String HTTP_URL = "^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?/?$";
    static final String LDAP_URL = "^ldaps?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?/?$";
    static final String DOMAIN = "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$";
    /** Name of a site: one DNS label, as AD requires of site names. */
    static final String SITE = "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$";

    static final String API_VERSION = "^[1-9][0-9]{1,2}\\.0$";
    static final String USERNAME_SUFFIX = "^[A-Za-z0-9._@-]+$";
    static final String TOKEN = "^[A-Za-z0-9._:/+=-]+$";

    /** API name of a field of an object: letters, digits and underscores, first a letter. */
    static final String FIELD = "^[A-Za-z][A-Za-z0-9_]*$";

    static final String GUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    static final String CRON = "^[^ ]+( [^ ]+){4}$";
    static final String TIME_ZONE = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$";

    /** RFC 3339, as {@link java.time.Instant#toString()} writes it. */
    static final String TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$";

    private Bounds() {}
}
