package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.directory.ReadRequest;
import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.OrgLedger;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.salesforce.Refusals;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a policy asks what its bind account may do. */
class FollowedDirectoryTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Failure DOWN = new Failure.Transient("DirectoryUnreachable", "down");

    private Result<List<RightsFinding>> answer = Result.ok(List.of());
    private int asked;
    private final FollowedDirectory directory = new FollowedDirectory(new OnlyDirectory(), () -> {});

    @BeforeEach
    void use() {
        directory.use(new DirectorySettings(
                Optional.of("example.com"), List.of(), "CN=any", "any", TlsMode.LDAPS, Optional.empty()));
    }

    private static ReadRequest request(String attribute) {
        return new ReadRequest(List.of(), Set.of(), Set.of(attribute), 0, List.of());
    }

    private Optional<List<RightsFinding>> at(Duration after) {
        return directory.rights(request("mail"), Following.Mode.AUTO, START.plus(after));
    }

    @Test
    void asksOnceAnHour() {
        assertThat(at(Duration.ZERO)).contains(List.of());
        at(Duration.ofMinutes(59));
        assertThat(asked).isEqualTo(1);
        at(Duration.ofMinutes(60));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void asksSoonerWhileSomethingIsMissing() {
        answer = Result.ok(List.of(new RightsFinding(Kind.MISSING, "DirectoryDeletedObjectsUnreadable", "Grant it.")));
        at(Duration.ZERO);
        answer = Result.ok(List.of());
        assertThat(at(Duration.ofMinutes(9)).orElseThrow()).hasSize(1);
        assertThat(at(Duration.ofMinutes(10)).orElseThrow()).isEmpty();
    }

    @Test
    void keepsWhatItKnowsWhileNobodyAnswersAndDoesNotAskAtEachTurn() {
        answer = Result.failed(DOWN);
        assertThat(at(Duration.ZERO)).isEmpty();
        at(Duration.ofSeconds(59));
        assertThat(asked).isEqualTo(1);
        answer = Result.ok(List.of());
        assertThat(at(Duration.ofSeconds(60))).contains(List.of());
        answer = Result.failed(DOWN);
        assertThat(at(Duration.ofMinutes(61))).contains(List.of());
    }

    @Test
    void asksAtOnceForAnotherRequest() {
        at(Duration.ZERO);
        directory.rights(request("sn"), Following.Mode.AUTO, START);
        directory.rights(request("sn"), Following.Mode.USN, START);
        assertThat(asked).isEqualTo(3);
    }

    /** Only the directory is there, and only its rights can be asked for. */
    private final class OnlyDirectory implements Edges {
        @Override
        public SalesforceOrg salesforce(SalesforceSettings settings, Refusals earlier) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DirectoryReader directory(DirectorySettings settings) {
            return new OnlyRights();
        }

        @Override
        public Result<OrgLedger> ledger(SalesforceId org) {
            throw new UnsupportedOperationException();
        }
    }

    private final class OnlyRights implements DirectoryReader {
        @Override
        public Result<List<RightsFinding>> preflight(ReadRequest request, Following.Mode mode) {
            asked++;
            return answer;
        }

        @Override
        public Result<DirectoryPicture> read(ReadRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result<String> probe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result<DirectoryFeed> follow(ReadRequest request, Following following) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            asked = 0;
        }
    }
}
