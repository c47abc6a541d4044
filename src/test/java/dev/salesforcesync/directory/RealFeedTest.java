package dev.salesforcesync.directory;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Following a real domain controller; see {@link RealDirectoryTest} for what the environment says. */
@Tag("real")
@EnabledIfEnvironmentVariable(
        named = "SALESFORCESYNC_AD_URL",
        matches = "ldaps://.+",
        disabledReason = "SALESFORCESYNC_AD_URL names no domain controller; .ci/samba-ad/samba-ad.sh up starts one")
class RealFeedTest extends DirectoryFeedContract {
    @Override
    LiveDomain openDomain() throws Exception {
        return RealDirectoryTest.named();
    }
}
