package dev.salesforcesync.converge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.directory.ChangePosition;
import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.directory.DirectoryReader;
import dev.salesforcesync.directory.DirectorySettings;
import dev.salesforcesync.directory.DirectorySettings.TlsMode;
import dev.salesforcesync.directory.FeedUpdate;
import dev.salesforcesync.directory.Following;
import dev.salesforcesync.directory.PersonName;
import dev.salesforcesync.directory.ReadRequest;
import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.directory.SeenPerson;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a policy asks what its bind account may do, and from where it goes on. */
class FollowedDirectoryTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Failure DOWN = new Failure.Transient("DirectoryUnreachable", "down");

    private Result<List<RightsFinding>> answer = Result.ok(List.of());
    private int asked;
    private final List<Optional<ChangePosition>> lastKnown = new ArrayList<>();
    private Optional<ChangePosition> reached = Optional.empty();
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

    private static ChangePosition position(long usn) {
        return new ChangePosition(
                "DC=example,DC=com", "", Map.of(UUID.fromString("3f2504e0-4f89-11d3-9a0c-0305e82c3301"), usn), "");
    }

    private DirectoryFeed feed(Optional<ChangePosition> kept, Optional<String> givenUp) {
        return ((Result.Ok<DirectoryFeed>)
                        directory.feed(request("mail"), Following.Mode.AUTO, kept.map(ChangePosition::toText), givenUp))
                .value();
    }

    @Test
    void goesOnFromWhereAnEarlierProcessHadCome() {
        feed(Optional.of(position(7)), Optional.empty());
        assertThat(lastKnown).containsExactly(Optional.of(position(7)));
    }

    @Test
    void forgetsAPositionThatAPersonGaveUpAndNoOther() {
        String other = position(8).token();
        DirectoryFeed first = feed(Optional.of(position(7)), Optional.of(other));
        assertThat(lastKnown).containsExactly(Optional.of(position(7)));
        assertThat(feed(Optional.of(position(7)), Optional.of(other))).isSameAs(first);

        DirectoryFeed second =
                feed(Optional.of(position(7)), Optional.of(position(7).token()));
        assertThat(second).isNotSameAs(first);
        assertThat(lastKnown).containsExactly(Optional.of(position(7)), Optional.empty());
    }

    @Test
    void whatIsKnownNowCountsMoreThanWhatWasKept() {
        DirectoryFeed first = feed(Optional.of(position(7)), Optional.empty());
        reached = Optional.of(position(3));
        assertThat(feed(Optional.of(position(7)), Optional.of(position(7).token())))
                .isSameAs(first);
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
        public Result<Optional<SeenPerson>> readOne(ReadRequest request, PersonName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result<String> probe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result<DirectoryFeed> follow(ReadRequest request, Following following) {
            lastKnown.add(following.lastKnown());
            return Result.ok(new OnlyPosition());
        }

        @Override
        public void close() {
            asked = 0;
        }
    }

    private final class OnlyPosition implements DirectoryFeed {
        @Override
        public Result<DirectoryPicture> readAll() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result<FeedUpdate> poll() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<DirectoryPicture> picture() {
            return Optional.empty();
        }

        @Override
        public Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ChangePosition> position() {
            return reached;
        }

        @Override
        public void close() {}
    }
}
