package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.PEOPLE;
import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.sandbox.directory.SandboxDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which missing rights are named, and how certain that is. */
class PreflightTest {
    private static final String ACCOUNT = "CORP\\svc-sync";
    private static final String ROOT = SandboxDirectory.BASE_DN;

    private static SandboxDirectory sandbox;
    private static DirectoryReader reader;

    @BeforeAll
    static void start() {
        sandbox = SandboxDirectory.start(0, 0);
        reader = LdapDirectories.open(LdapDirectoryTest.settingsOf(sandbox), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        reader.close();
        sandbox.close();
    }

    @AfterEach
    void noFaults() {
        sandbox.faults().clear();
    }

    private static ReadRequest request(String... attributes) {
        return new ReadRequest(
                List.of(new Search("OU=People," + ROOT, PEOPLE)), Set.of(), Set.of(attributes), 0, List.of());
    }

    private static List<RightsFinding> findings(Following.Mode mode, String... attributes) {
        return value(reader.preflight(request(attributes), mode));
    }

    private static RightsFinding only(List<RightsFinding> findings) {
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).message()).hasSizeLessThan(600);
        return findings.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingWhereEverythingIsGranted(Following.Mode mode) {
        assertThat(findings(mode, "sn", "mail", "sAMAccountName")).isEmpty();
    }

    @Test
    void namesTheRightToReplicateWithItsCommands() {
        sandbox.faults().withholdReplication();

        RightsFinding demanded = only(findings(Following.Mode.DIR_SYNC, "sn"));
        assertThat(demanded.kind()).isEqualTo(Kind.MISSING);
        assertThat(demanded.reason()).isEqualTo("DirectoryReplicationRightMissing");
        assertThat(demanded.message())
                .contains("dsacls \"" + ROOT + "\" /G \"" + ACCOUNT + ":CA;Replicating Directory Changes\"")
                .containsPattern(
                        "samba-tool dsacl set --objectdn=\"" + ROOT
                                + "\" --action=allow --sddl=\"\\(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;S-1-5-21-[-0-9]+\\)");

        assertThat(only(findings(Following.Mode.AUTO, "sn")).kind())
                .as("another way is found")
                .isEqualTo(Kind.HINT);
        assertThat(findings(Following.Mode.USN, "sn")).as("not needed").isEmpty();
        assertThat(findings(Following.Mode.NONE, "sn")).as("not needed").isEmpty();
    }

    @Test
    void namesTheRightToSeeDeletedObjects() {
        sandbox.faults().hideTombstones();

        RightsFinding finding = only(findings(Following.Mode.USN, "sn"));
        assertThat(finding.kind()).isEqualTo(Kind.MISSING);
        assertThat(finding.reason()).isEqualTo("DirectoryDeletedObjectsUnreadable");
        assertThat(finding.message())
                .contains("dsacls \"CN=Deleted Objects," + ROOT + "\" /takeownership")
                .contains("dsacls \"CN=Deleted Objects," + ROOT + "\" /G \"" + ACCOUNT + ":LCRP\"")
                .containsPattern("\\(A;CI;LCRP;;;S-1-5-21-[-0-9]+\\)");
    }

    @Test
    void namesTheControlOfAccounts() {
        sandbox.faults().hideAttribute("userAccountControl");

        RightsFinding finding = only(findings(Following.Mode.USN, "sn"));
        assertThat(finding.kind()).isEqualTo(Kind.MISSING);
        assertThat(finding.reason()).isEqualTo("DirectoryAccountControlUnreadable");
        assertThat(finding.message())
                .contains("dsacls \"OU=People," + ROOT + "\" /I:S /G \"" + ACCOUNT + ":RP;userAccountControl;user\"");
    }

    @Test
    void namesAnAttributeThatEverybodyHasAndNobodyShows() {
        sandbox.faults().hideAttribute("sAMAccountName");

        List<RightsFinding> findings = findings(Following.Mode.USN, "SAMAccountName");
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).kind()).isEqualTo(Kind.MISSING);
        assertThat(findings.get(0).reason()).isEqualTo("DirectoryAttributesUnreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "sn"})
    void onlyHintsAtAnAttributeThatMayBeEmpty(String hidden) {
        sandbox.faults().hideAttribute(hidden);

        RightsFinding finding = only(findings(Following.Mode.USN, "sn", "mail"));
        assertThat(finding.kind()).isEqualTo(Kind.HINT);
        assertThat(finding.reason()).isEqualTo("DirectoryAttributesNotSeen");
        assertThat(finding.message()).contains(" shows " + hidden + ":");
    }

    @Test
    void tellsTheCertainFirst() {
        sandbox.faults().hideAttribute("mail");
        sandbox.faults().withholdReplication();
        sandbox.faults().hideTombstones();

        assertThat(findings(Following.Mode.AUTO, "mail"))
                .extracting(RightsFinding::kind)
                .containsExactly(Kind.MISSING, Kind.HINT, Kind.HINT);
    }

    @Test
    void saysNothingOfRightsWhenNobodyIsFoundOrASearchIsWrong() {
        ReadRequest nowhere = new ReadRequest(
                List.of(new Search("OU=Nowhere," + ROOT, PEOPLE), new Search("OU=Groups," + ROOT, PEOPLE)),
                Set.of(),
                Set.of("mail"),
                0,
                List.of());

        assertThat(value(reader.preflight(nowhere, Following.Mode.USN))).isEmpty();
    }

    @Test
    void failsWhenNobodyAnswers() {
        sandbox.faults().cutConnectionAfter(0);

        assertThat(DirectoryReaderContract.failure(reader.preflight(request("sn"), Following.Mode.USN))
                        .reason())
                .isEqualTo("DirectoryUnreachable");
    }
}
