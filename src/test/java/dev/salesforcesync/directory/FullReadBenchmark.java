package dev.salesforcesync.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How long a full read of 50,000 people takes. Prints the figures, asserts only what was read. */
@Tag("benchmark")
class FullReadBenchmark {
    private static final int PEOPLE = 50_000;

    @Test
    void readsFiftyThousandPeopleAndTheirGroup() {
        try (SandboxDirectory directory = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT)) {
            directory.add(
                    "CN=Salesforce Users,OU=Groups," + SandboxDirectory.BASE_DN, new Attribute("objectClass", "group"));
            Instant start = Instant.now();
            directory.populate(PEOPLE, 1);
            Instant populated = Instant.now();
            DirectorySettings settings = new DirectorySettings(
                    Optional.empty(),
                    List.of(URI.create(directory.ldapsUrl())),
                    directory.bindDn(),
                    directory.password(),
                    TlsMode.LDAPS,
                    Optional.of(directory.caPem()));
            ReadRequest request = new ReadRequest(
                    List.of(new Search("OU=People," + SandboxDirectory.BASE_DN, "(objectCategory=person)")),
                    Set.of("Salesforce Users"),
                    Set.of("mail", "sn", "givenName", "displayName", "department", "title", "l", "co"),
                    1,
                    List.of());
            try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
                Result<DirectoryPicture> first = reader.read(request);
                Instant read = Instant.now();
                assertThat(first.map(picture -> picture.people().size())).isEqualTo(Result.ok(PEOPLE));
                assertThat(first.map(picture -> picture.memberships()
                                .getOrDefault("Salesforce Users", Set.of())
                                .size()))
                        .isEqualTo(Result.ok(PEOPLE));
                LoggerFactory.getLogger(FullReadBenchmark.class)
                        .info(
                                "{} people: populated in {} ms, read with their group in {} ms",
                                PEOPLE,
                                Duration.between(start, populated).toMillis(),
                                Duration.between(populated, read).toMillis());
            }
        }
    }
}
