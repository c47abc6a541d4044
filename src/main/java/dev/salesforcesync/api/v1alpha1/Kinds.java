package dev.salesforcesync.api.v1alpha1;

/** The group and version all three kinds belong to. */
public final class Kinds {

    /** API group. */
    public static final String GROUP = "salesforcesync.dev";

    /** Served and stored version. */
    public static final String VERSION = "v1alpha1";

    private Kinds() {}
}
