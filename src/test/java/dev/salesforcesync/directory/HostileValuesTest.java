package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.DirectoryPicture.EntryProblem;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that nobody should have written: whoever has them is named, and everybody else goes on. */
class HostileValuesTest {
    private static final byte[] NO_TEXT = {(byte) 0xc3, (byte) 0x28, 'x'};
    private static SandboxDirectory sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static ReadRequest request(LiveDomain domain, String... groups) {
        return new ReadRequest(
                List.of(new Search(domain.unit(), PEOPLE)),
                Set.of(groups),
                Set.of("department", "manager", "thumbnailPhoto"),
                1,
                List.of());
    }

    private static ObjectGuid plant(LiveDomain domain, String name, Attribute hostile) {
        return sandbox.add(
                domain.dn(name),
                new Attribute("objectClass", "user"),
                new Attribute("sAMAccountName", domain.unique(name)),
                hostile);
    }

    @ParameterizedTest
    @CsvSource({
        "userAccountControl, many, AccountStateUnreadable",
        "accountExpires, soon, AccountStateUnreadable",
        "accountExpires, -5, AccountStateUnreadable",
        "accountExpires, 99999999999999999999, AccountStateUnreadable",
        "department, , AttributeNotText"
    })
    void whoHasThemIsNamedInReadsAndInTheFeed(String attribute, String text, String code) throws Exception {
        Attribute hostile = text == null ? new Attribute(attribute, NO_TEXT) : new Attribute(attribute, text);
        try (LiveDomain domain = RandomHistoriesTest.domain(sandbox);
                DirectoryReader reader = LdapDirectories.open(domain.settings(), Clock.systemUTC());
                DirectoryFeed feed = value(reader.follow(
                        request(domain), new Following(Following.Mode.AUTO, Optional.empty(), () -> {})))) {
            ObjectGuid anna = domain.person("Anna");
            value(feed.readAll());
            ObjectGuid hostileOne = plant(domain, "Hostile", hostile);

            assertThat(value(feed.poll())).isEqualTo(new FeedUpdate.Changed(Set.of(hostileOne)));
            DirectoryPicture read = value(reader.read(request(domain)));
            for (DirectoryPicture picture : List.of(read, feed.picture().orElseThrow())) {
                assertThat(picture.people()).containsOnlyKeys(anna);
                assertThat(picture.problems()).extracting(EntryProblem::code).containsExactly(code);
                assertThat(picture.problems().get(0).message()).contains(hostileOne.toString());
                assertThat(picture.completeness().isProven()).isFalse();
            }
            assertThat(value(reader.locate(Set.of(anna, hostileOne), Set.of("department"))))
                    .doesNotContainKey(hostileOne)
                    .hasEntrySatisfying(anna, where -> assertThat(where).isInstanceOf(Whereabouts.Alive.class));
        }
    }

    @ParameterizedTest
    @CsvSource({"lockoutTime, never", "lastLogonTimestamp, -1", "pwdLastSet, x"})
    void aTimeThatOnlyInformsIsAsGoodAsMissing(String attribute, String text) throws Exception {
        try (LiveDomain domain = RandomHistoriesTest.domain(sandbox);
                DirectoryReader reader = LdapDirectories.open(domain.settings(), Clock.systemUTC())) {
            ObjectGuid hostile = plant(domain, "Hostile", new Attribute(attribute, text));

            DirectoryPicture picture = value(reader.read(request(domain)));

            assertThat(picture.people()).containsOnlyKeys(hostile);
            assertThat(picture.completeness().isProven()).isTrue();
        }
    }
}
