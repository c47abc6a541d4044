package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import dev.salesforcesync.directory.LiveDomain.Restored;
import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.model.Completeness;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a plain account of a real domain may not do; see {@link RealDirectoryTest} for what the environment says. */
@Tag("real")
@EnabledIfEnvironmentVariable(
        named = "SALESFORCESYNC_AD_URL",
        matches = "ldaps://.+",
        disabledReason = "SALESFORCESYNC_AD_URL names no domain controller; .ci/samba-ad/samba-ad.sh up starts one")
class RealPreflightTest {
    private static final String PASSWORD = "Plain!Pass-2026";

    private LiveDomain domain;

    @BeforeEach
    void open() throws Exception {
        domain = RealDirectoryTest.named();
    }

    @AfterEach
    void close() throws Exception {
        domain.close();
    }

    private ReadRequest request(String... attributes) {
        return new ReadRequest(List.of(new Search(domain.unit(), PEOPLE)), Set.of(), Set.of(attributes), 0, List.of());
    }

    private static Map<String, RightsFinding> byReason(DirectorySettings settings, ReadRequest request) {
        try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
            return value(reader.preflight(request, Following.Mode.DIR_SYNC)).stream()
                    .collect(Collectors.toMap(RightsFinding::reason, Function.identity()));
        }
    }

    /** An account without any right of its own. */
    private DirectorySettings plain() throws LDAPException {
        byte[] quoted = ("\"" + PASSWORD + "\"").getBytes(StandardCharsets.UTF_16LE);
        domain.person("plain", new Attribute("unicodePwd", quoted), new Attribute("userAccountControl", "66048"));
        return new DirectorySettings(
                Optional.empty(),
                domain.settings().servers(),
                domain.dn("plain"),
                PASSWORD,
                domain.settings().tls(),
                domain.settings().caPem());
    }

    @Test
    void anAdministratorLacksNothing() throws Exception {
        domain.person("Anna", new Attribute("sn", "Angler"));

        assertThat(byReason(domain.settings(), request("sn", "sAMAccountName", "objectSid")))
                .isEmpty();
    }

    @Test
    void aPlainAccountLacksReplicationAndDeletedObjects() throws Exception {
        DirectorySettings plain = plain();

        Map<String, RightsFinding> findings =
                byReason(plain, request("sAMAccountName", "department", "noSuchAttributeAtAll"));

        assertThat(findings.keySet())
                .containsExactlyInAnyOrder(
                        "DirectoryReplicationRightMissing",
                        "DirectoryDeletedObjectsUnreadable",
                        "DirectoryAttributesNotSeen",
                        "DirectoryAttributesUnknown");
        RightsFinding replication = finding(findings, "DirectoryReplicationRightMissing");
        assertThat(replication.kind()).isEqualTo(Kind.MISSING);
        assertThat(replication.message())
                .containsPattern(
                        "\"([A-Z0-9]+\\\\" + domain.unique("plain") + "|" + domain.unique("plain") + "@[a-z.0-9]+):CA;")
                .containsPattern(";;S-1-5-21-[0-9]+-[0-9]+-[0-9]+-[0-9]+\\)");
        assertThat(finding(findings, "DirectoryAttributesUnknown").kind()).isEqualTo(Kind.HINT);
        assertThat(finding(findings, "DirectoryAttributesUnknown").message()).contains("noSuchAttributeAtAll");
        assertThat(finding(findings, "DirectoryAttributesNotSeen").message()).contains("department");
    }

    @Test
    void aNestedGroupWhoseMembersMayNotBeReadLeavesNoProofUntilTheyMay() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String nested = domain.group("nested", domain.dn("Anna"));
        String outer = domain.group("outer", nested);
        DirectorySettings plain = plain();
        assertProves(plain, outer, anna);

        try (Restored denied = domain.deny(domain.dn("plain"), nested, Denial.READ, Optional.of(Denial.MEMBER))) {
            assertThat(denied).isNotNull();
            assertDoubts(plain, outer, "MembersHidden");
        }

        assertProves(plain, outer, anna);
    }

    @Test
    void aNestedGroupThatMayNotBeSeenLeavesNoProofUntilItMay() throws Exception {
        ObjectGuid anna = domain.person("Anna");
        String secret = domain.unit("Secret");
        String nested = domain.groupIn(secret, "nested", domain.unique("nested"), domain.dn("Anna"));
        String outer = domain.group("outer", nested);
        DirectorySettings plain = plain();
        assertProves(plain, outer, anna);

        try (Restored denied = domain.deny(domain.dn("plain"), secret, Denial.LIST, Optional.empty())) {
            assertThat(denied).isNotNull();
            assertDoubts(plain, outer, "MemberHidden");
        }

        assertProves(plain, outer, anna);
    }

    private DirectoryPicture read(DirectorySettings settings, String group) {
        ReadRequest request =
                new ReadRequest(List.of(new Search(domain.unit(), PEOPLE)), Set.of(group), Set.of("sn"), 1, List.of());
        try (DirectoryReader reader = LdapDirectories.open(settings, Clock.systemUTC())) {
            return value(reader.read(request));
        }
    }

    private void assertProves(DirectorySettings settings, String group, ObjectGuid member) {
        DirectoryPicture picture = read(settings, group);
        assertThat(picture.completeness()).isInstanceOf(Completeness.Proven.class);
        assertThat(picture.memberships().get(group)).containsExactly(member);
    }

    private void assertDoubts(DirectorySettings settings, String group, String reason) {
        assertThat(read(settings, group).completeness())
                .isInstanceOfSatisfying(
                        Completeness.Unproven.class,
                        doubt -> assertThat(doubt.reason()).isEqualTo(reason));
    }

    private static RightsFinding finding(Map<String, RightsFinding> findings, String reason) {
        return Objects.requireNonNull(findings.get(reason));
    }
}
