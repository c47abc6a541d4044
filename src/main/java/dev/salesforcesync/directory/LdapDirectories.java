package dev.salesforcesync.directory;

import java.time.Clock;

/** Where directory readers come from. */
public final class LdapDirectories {
    private LdapDirectories() {}

    /**
     * Makes a reader for a domain. Neither connects nor fails: the first question does, and its answer says why.
     * Close the reader when the settings change.
     */
    public static DirectoryReader open(DirectorySettings settings, Clock clock) {
        return new LdapDirectory(new DirectoryConnections(settings, Network.real(clock)), ReadSteps.DEFAULT, clock);
    }
}
