package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import dev.salesforcesync.directory.PagedSearch.Ending;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a paged search has come to its end, on a server that announces another page after each full one. */
class PagedSearchTest {
    private static final int PERSONS = 9;
    private static SandboxDirectory sandbox;
    private static LiveDomain domain;
    private static DirectoryConnections connections;
    private static Session session;

    @BeforeAll
    static void open() throws Exception {
        sandbox = SandboxDirectory.startEmpty(0, 0, DirectoryLimits.DEFAULT);
        domain = RandomHistoriesTest.domain(sandbox);
        String inner = domain.unit("Inner");
        for (int i = 0; i < PERSONS; i++) {
            domain.personIn(i % 2 == 0 ? inner : domain.unit(), "P" + i);
        }
        connections = new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC()));
        session = value(connections.take());
    }

    @AfterAll
    static void close() throws Exception {
        connections.giveBack(session);
        connections.close();
        domain.close();
        sandbox.close();
    }

    @AfterEach
    void noFaults() {
        sandbox.faults().clear();
    }

    /** How a search ended, after how many requests, and whom it showed, with repetitions. */
    private record Outcome(Ending ending, long requests, List<String> shown) {}

    private static Outcome search(String filter, int pageSize) throws Exception {
        List<String> shown = new ArrayList<>();
        long before = sandbox.searches();
        Ending ending = new PagedSearch(session, pageSize)
                .run(
                        domain.unit(),
                        Filter.create(filter),
                        List.of("objectGUID"),
                        List.of(),
                        entry -> shown.add(entry.getDN()));
        return new Outcome(ending, sandbox.searches() - before, shown);
    }

    private static void assertInVain(Outcome outcome) {
        assertThat(outcome.ending())
                .isInstanceOfSatisfying(
                        Ending.Partial.class,
                        partial -> assertThat(partial.doubt().reason()).isEqualTo("PageEmpty"));
    }

    @Test
    void asManyAsFitAreAskedForOnceWhereTheServerSaysHowManyThereAre() throws Exception {
        sandbox.faults().countResults();

        Outcome outcome = search(PEOPLE, 3);

        assertThat(outcome.ending()).isInstanceOf(Ending.Complete.class);
        assertThat(outcome.requests()).isEqualTo(4);
        assertThat(outcome.shown()).hasSize(PERSONS).doesNotHaveDuplicates();
    }

    @Test
    void whoDoesNotFillTheLastPageIsAskedForOnce() throws Exception {
        sandbox.faults().countResults();

        Outcome outcome = search(PEOPLE, 4);

        assertThat(outcome.ending()).isInstanceOf(Ending.Complete.class);
        assertThat(outcome.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aRightThatIsLostBetweenPagesLeavesNoProofWhateverTheServerHadCounted(int pagesBefore) throws Exception {
        sandbox.faults().countResults();
        // In pages of three, and then of two, which those who are left fill once more.
        sandbox.faults().hideLater("OU=Inner," + domain.unit(), pagesBefore - 1);

        Outcome outcome = search(PEOPLE, 3);

        assertInVain(outcome);
        assertThat(outcome.shown()).hasSizeLessThan(2 * PERSONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aPlaceThatTheServerLosesLeavesNoProof(int times) throws Exception {
        sandbox.faults().countResults();
        sandbox.faults().emptyLaterPages(times);

        Outcome outcome = search(PEOPLE, 3);

        if (times == 1) {
            // The second time, in pages of two, everybody came and did not fill the last.
            assertThat(outcome.ending()).isInstanceOf(Ending.Complete.class);
            assertThat(outcome.shown()).hasSize(3 + PERSONS);
        } else {
            assertInVain(outcome);
        }
    }

    @Test
    void whatIsSaidOfOnePageOnlyIsNotBelievedSinceItMayBeThatPagesOwnNumber() throws Exception {
        sandbox.faults().countResults();

        Outcome outcome = search("(&" + PEOPLE + "(|(cn=P0)(cn=P1)(cn=P2)))", 3);

        assertThat(outcome.ending()).isInstanceOf(Ending.Complete.class);
        assertThat(outcome.shown()).hasSize(3 + 3);
        assertThat(outcome.requests()).isEqualTo(2 + 2);
    }

    @Test
    void aReferenceIsNoEndEither() throws Exception {
        sandbox.faults().countResults();
        sandbox.faults().sendReferences();

        assertThat(search(PEOPLE, 3).ending())
                .isInstanceOfSatisfying(
                        Ending.Partial.class,
                        partial -> assertThat(partial.doubt()).isEqualTo(LdapFailures.referral()));
    }
}
