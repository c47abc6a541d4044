package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Completeness.Unproven;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.sandbox.directory.DirectoryFaults.Trouble;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A read that is cut short anywhere, at each entry, page, range, reference and request, never proves that it was
 * complete.
 */
class TruncatedReadTest {
    private static final int PERSONS = 9;
    private static SandboxDirectory sandbox;
    private static LiveDomain domain;
    private static ReadRequest request;

    @BeforeAll
    static void open() throws Exception {
        sandbox = SandboxDirectory.startEmpty(0, 0, new DirectoryLimits(4, 5));
        domain = RandomHistoriesTest.domain(sandbox);
        String inner = domain.unit("Inner");
        List<String> dns = new ArrayList<>();
        for (int i = 0; i < PERSONS; i++) {
            String unit = i % 2 == 0 ? inner : domain.unit();
            domain.personIn(unit, "P" + i);
            dns.add("CN=P" + i + "," + unit);
        }
        String nested = domain.group("nested", dns.subList(0, 7).toArray(new String[0]));
        String named = domain.group("named", nested, dns.get(7));
        String wide = domain.group("wide", dns.toArray(new String[0]));
        request = new ReadRequest(
                List.of(new Search(inner, PEOPLE), new Search(domain.unit(), PEOPLE)),
                Set.of(named, domain.unique("wide")),
                Set.of("mail"),
                1,
                List.of("CN=P0," + inner));
        assertThat(wide).isNotEmpty();
    }

    @AfterAll
    static void close() throws Exception {
        domain.close();
        sandbox.close();
    }

    /** Reads over a connection that waits for no answer longer than a test has time. */
    private static Result<DirectoryPicture> read() throws Exception {
        try (DirectoryConnections connections =
                new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC()))) {
            Session session = value(connections.take());
            session.connection().getConnectionOptions().setResponseTimeoutMillis(300);
            List<Filter> filters = List.of(Filter.create(PEOPLE), Filter.create(PEOPLE));
            try {
                return DirectoryConnections.askOver(
                        session,
                        one -> new FullRead(one, new ReadSteps(3, 2), request)
                                .run(filters)
                                .map(known -> known.picture(Instant.EPOCH)));
            } finally {
                connections.giveBack(session);
            }
        }
    }

    private static void assertProvesNothing(Result<DirectoryPicture> read, String when) {
        if (read instanceof Result.Ok<DirectoryPicture> ok) {
            assertThat(ok.value().completeness().isProven()).as(when).isFalse();
        }
    }

    private static void assertWhole(Result<DirectoryPicture> read) {
        DirectoryPicture picture = value(read);
        assertThat(picture.people()).hasSize(PERSONS);
        assertThat(picture.memberships().values()).extracting(Set::size).containsExactlyInAnyOrder(8, 9);
        assertThat(picture.completeness().isProven()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void troubleAtAnyRequestLeavesNoProof(Trouble trouble) throws Exception {
        int searches = 0;
        while (true) {
            sandbox.faults().troubleAt(++searches, trouble);
            Result<DirectoryPicture> read = read();
            boolean struck = sandbox.faults().hasStruck();
            sandbox.faults().clear();
            if (!struck) {
                assertWhole(read);
                break;
            }
            assertProvesNothing(read, trouble + " at search " + searches);
        }
        assertThat(searches).isGreaterThan(7);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void troubleAtAnyRequestOfAFeedsReadLeavesNoProof(Trouble trouble) {
        if (trouble == Trouble.SLOW) {
            return;
        }
        try (DirectoryReader reader = new LdapDirectory(
                new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC())),
                new ReadSteps(3, 2),
                Clock.systemUTC())) {
            boolean struck = true;
            for (int search = 1; struck; search++) {
                sandbox.faults().troubleAt(search, trouble);
                try (DirectoryFeed feed = value(reader.follow(
                        request, new Following(Following.Mode.AUTO, java.util.Optional.empty(), () -> {})))) {
                    Result<DirectoryPicture> read = feed.readAll();
                    struck = sandbox.faults().hasStruck();
                    sandbox.faults().clear();
                    if (read instanceof Result.Ok<DirectoryPicture> ok
                            && ok.value().completeness().isProven()) {
                        assertWhole(read);
                    }
                }
            }
        }
    }

    @Test
    void anEndAtAnyEntryLeavesNoProof() throws Exception {
        // Five in the inner unit, everybody, one group by its name, and the nested one.
        int entries = 5 + PERSONS + 2;
        for (int at = 0; at < entries; at++) {
            for (ResultCode code : List.of(
                    ResultCode.SIZE_LIMIT_EXCEEDED,
                    ResultCode.TIME_LIMIT_EXCEEDED,
                    ResultCode.ADMIN_LIMIT_EXCEEDED,
                    ResultCode.BUSY,
                    ResultCode.UNAVAILABLE,
                    ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
                    ResultCode.OPERATIONS_ERROR,
                    ResultCode.REFERRAL)) {
                sandbox.faults().endSearchAfter(at, code);
                assertProvesNothing(read(), code + " after " + at);
            }
            sandbox.faults().cutConnectionAfter(at);
            assertProvesNothing(read(), "cut after " + at);
        }
        sandbox.faults().clear();
        assertWhole(read());
    }

    @Test
    void aLostRightToAnythingThatIsNamedLeavesNoProof() throws Exception {
        for (String dn : List.of(
                domain.unit(),
                "OU=Inner," + domain.unit(),
                "CN=P0,OU=Inner," + domain.unit(),
                domain.dn(domain.unique("named")),
                domain.dn(domain.unique("nested")),
                domain.dn(domain.unique("wide")))) {
            sandbox.faults().hide(dn);
            assertProvesNothing(read(), "hidden: " + dn);
            sandbox.faults().clear();
        }
        for (String group : List.of("named", "nested", "wide")) {
            sandbox.faults().hideAttributeOf(domain.dn(domain.unique(group)), "member");
            assertProvesNothing(read(), "members hidden: " + group);
            sandbox.faults().clear();
        }
        for (String attribute : List.of("objectGUID", "userAccountControl", "member")) {
            sandbox.faults().hideAttribute(attribute);
            assertProvesNothing(read(), "hidden: " + attribute);
            sandbox.faults().clear();
        }
        assertWhole(read());
    }

    @Test
    void anAnnouncedPageThatIsEmptyIsNoEnd() throws Exception {
        sandbox.faults().emptyLaterPages(Integer.MAX_VALUE);
        assertThat(value(read()).completeness())
                .isInstanceOfSatisfying(
                        Unproven.class, doubt -> assertThat(doubt.reason()).isEqualTo("PageEmpty"));

        // A controller that has as many entries as fit does so once, and shows everything.
        sandbox.faults().emptyLaterPages(1);
        assertWhole(read());
        sandbox.faults().clear();
    }

    @Test
    void theRightThatIsMissingIsNamed() throws Exception {
        sandbox.faults().hide(domain.dn(domain.unique("nested")));
        assertThat(value(read()).completeness())
                .isInstanceOfSatisfying(
                        Unproven.class, doubt -> assertThat(doubt.reason()).isEqualTo("MemberHidden"));
        sandbox.faults().clear();

        sandbox.faults().hideAttributeOf(domain.dn(domain.unique("nested")), "member");
        assertThat(value(read()).completeness())
                .isInstanceOfSatisfying(
                        Unproven.class, doubt -> assertThat(doubt.reason()).isEqualTo("MembersHidden"));
        sandbox.faults().clear();
    }
}
