package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A large group: read through all its ranges once, then followed at the price of a small one. */
class LargeGroupTest {

    @Test
    void whoLeavesAGroupOfTenThousandCostsNoMoreThanOneWhoLeavesASmallGroup() throws Exception {
        follow(10_000);
    }

    @Test
    @Tag("full")
    void whoLeavesAGroupOfAHundredThousandCostsNoMoreEither() throws Exception {
        follow(100_000);
    }

    private static void follow(int members) throws Exception {
        try (SandboxDirectory sandbox = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
                LiveDomain domain = RandomHistoriesTest.domain(sandbox)) {
            String large = "CN=Salesforce Users,OU=Groups," + SandboxDirectory.BASE_DN;
            sandbox.add(
                    large, new Attribute("objectClass", "group"), new Attribute("sAMAccountName", "Salesforce Users"));
            sandbox.populate(members, 1);
            ObjectGuid anna = domain.person("Anna");
            String annaDn = domain.dn("Anna");
            String small = domain.group("small", annaDn);
            domain.addMember(large, annaDn);
            ReadRequest request =
                    new ReadRequest(List.of(new Search("", PEOPLE)), Set.of(large, small), Set.of(), 1, List.of());

            try (DirectoryReader reader = LdapDirectories.open(domain.settings(), Clock.systemUTC());
                    DirectoryFeed feed = value(reader.follow(
                            request, new Following(Following.Mode.DIR_SYNC, Optional.empty(), () -> {})))) {
                DirectoryPicture all = value(feed.readAll());
                assertThat(all.memberships().get(large)).hasSize(members + 1);
                assertThat(all.completeness().isProven()).isTrue();

                domain.removeMember(small, annaDn);
                long ofTheSmall = requestsOf(sandbox, feed, anna);
                domain.removeMember(large, annaDn);
                assertThat(requestsOf(sandbox, feed, anna)).isEqualTo(ofTheSmall);
                assertThat(feed.picture().orElseThrow().memberships().get(large))
                        .hasSize(members)
                        .doesNotContain(anna);

                domain.addMember(large, annaDn);
                assertThat(requestsOf(sandbox, feed, anna)).isEqualTo(ofTheSmall);
                assertThat(feed.picture().orElseThrow().memberships().get(large))
                        .hasSize(members + 1)
                        .contains(anna);
            }
        }
    }

    private static long requestsOf(SandboxDirectory sandbox, DirectoryFeed feed, ObjectGuid whom) {
        long before = sandbox.searches();
        assertThat(value(feed.poll())).isEqualTo(new FeedUpdate.Changed(Set.of(whom)));
        return sandbox.searches() - before;
    }
}
