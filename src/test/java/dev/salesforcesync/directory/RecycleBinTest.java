package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.sandbox.directory.DirectoryLimits;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Following a domain with a recycle bin: whoever is deleted keeps everything until he is recycled (MS-ADTS 3.1.1.5.5).
 */
class RecycleBinTest extends DirectoryFeedContract {
    private static SandboxDirectory sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.startEmpty(0, 0, new DirectoryLimits(7, 5));
        sandbox.enableRecycleBin();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Override
    LiveDomain openDomain() throws Exception {
        return RandomHistoriesTest.domain(sandbox);
    }

    private SearchResultEntry deleted(ObjectGuid guid) throws LDAPException {
        SearchRequest search = new SearchRequest(
                SandboxDirectory.BASE_DN,
                SearchScope.SUB,
                Filter.createEqualityFilter("objectGUID", guid.toBytes()),
                "*");
        search.addControl(PagedSearch.SHOW_DELETED);
        try (LDAPConnection connection = domain().connect()) {
            return Objects.requireNonNull(connection.searchForEntry(search));
        }
    }

    @Test
    void whatIsDeletedKeepsItsAttributesAndShowsNoLinks() throws Exception {
        assertThat(domain().hasRecycleBin()).isTrue();
        ObjectGuid anna = domain().person("Anna", new Attribute("department", "Sales"));
        ObjectGuid bert = domain().person("Bert", new Attribute("manager", domain().dn("Anna")));
        domain().group("team", domain().dn("Anna"), domain().dn("Bert"));

        domain().delete(domain().dn("Anna"));
        domain().delete(domain().dn("Bert"));

        assertThat(deleted(anna).getAttributeValue("department")).isEqualTo("Sales");
        assertThat(deleted(anna).getAttributeValue("isDeleted")).isEqualTo("TRUE");
        assertThat(deleted(anna).getAttributeValue("msDS-LastKnownRDN")).isEqualTo("Anna");
        assertThat(deleted(anna).hasAttribute("isRecycled")).isFalse();
        assertThat(deleted(anna).hasAttribute("objectCategory")).isFalse();
        assertThat(deleted(bert).hasAttribute("manager")).isFalse();

        // Each link comes back with the later of its two ends.
        domain().restore(bert, domain().dn("Bert"));
        assertThat(living("Bert").hasAttribute("manager")).isFalse();
        assertThat(living("Bert").getAttributeValues("memberOf")).hasSize(1);
        domain().restore(anna, domain().dn("Anna"));
        assertThat(living("Bert").getAttributeValue("manager")).isEqualTo(domain().dn("Anna"));
        assertThat(living("Anna").getAttributeValues("memberOf")).hasSize(1);
        assertThat(living("Anna").hasAttribute("isDeleted")).isFalse();
    }

    private SearchResultEntry living(String name) throws LDAPException {
        try (LDAPConnection connection = domain().connect()) {
            return connection.getEntry(domain().dn(name), "*", "manager", "memberOf");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void whoIsRecycledStaysDeletedAndNeverComesBack(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain().person("Anna", new Attribute("department", "Sales"));
        ObjectGuid bert = domain().person("Bert", new Attribute("manager", domain().dn("Anna")));
        String team = domain().group("team", domain().dn("Anna"), domain().dn("Bert"));
        ReadRequest request = request(domain().unit(), team);
        try (DirectoryFeed feed = follow(request, mode)) {
            domain().delete(domain().dn("Anna"));
            assertThat(changed(feed)).contains(anna);

            sandbox.recycle(anna);
            assertThat(named(value(feed.poll()))).doesNotContain(bert);
            assertCurrent(feed, request, "recycled");
            assertThat(feed.picture().orElseThrow().completeness().isProven()).isTrue();
            assertThat(value(feed.locate(Set.of(anna), Set.of())).get(anna)).isInstanceOf(Whereabouts.Deleted.class);
            assertThat(deleted(anna).getAttributeValue("isRecycled")).isEqualTo("TRUE");
            assertThat(deleted(anna).hasAttribute("department")).isFalse();
            assertThatThrownBy(() -> domain().restore(anna, domain().dn("Anna")))
                    .isInstanceOf(LDAPException.class)
                    .hasMessageContaining("recycled");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIR_SYNC", "USN"})
    void anAccountComesBackEnabledAsItWas(Following.Mode mode) throws Exception {
        ObjectGuid anna = domain().person("Anna");
        ReadRequest request = request(domain().unit());
        try (DirectoryFeed feed = follow(request, mode)) {
            domain().delete(domain().dn("Anna"));
            value(feed.poll());
            domain().restore(anna, domain().dn("Anna"));
            value(feed.poll());

            assertThat(Objects.requireNonNull(
                                    feed.picture().orElseThrow().people().get(anna))
                            .account()
                            .enabled())
                    .isTrue();
            assertCurrent(feed, request, "restored");
        }
    }
}
