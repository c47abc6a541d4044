package dev.salesforcesync.sandbox.salesforce.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Permission sets, their groups and licences: who can be given what, in which order (Object Reference). */
class PermissionRulesTest {
    private static final String STANDARD = "Standard User";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final Org org = new Org(OrgSettings.builder("Acme")
            .usernames(new Usernames())
            .clock(new SteppedClock(now))
            .licenceFigureLag(Duration.ofMinutes(10))
            .permissionSetLicence("SalesConsoleUser", 2)
            .permissionSet(
                    new OrgSettings.PermissionSetSeed("Console", "Console", Optional.of("SalesConsoleUser"), false))
            .permissionSet(new OrgSettings.PermissionSetSeed("Managing", "Managing", Optional.empty(), true))
            .permissionSetGroup("Sales_Team", "Report_Reader", "Sales_Cloud")
            .featureSeats("UserPermissionsSFContentUser", 1)
            .build());
    private final Actor actor = new Actor(org);

    @AfterEach
    void close() {
        org.close();
    }

    @Test
    void givesAGroupOnceAndNamesTheSetThatStandsForIt() {
        String anna = actor.user("anna", STANDARD);
        String group = actor.id("PermissionSetGroup", "DeveloperName", "Sales_Team");

        RowResult given =
                actor.create("PermissionSetAssignment", Map.of("AssigneeId", anna, "PermissionSetGroupId", group));

        Row row =
                org.record("PermissionSetAssignment", given.id().orElseThrow()).orElseThrow();
        String whole = actor.id("PermissionSet", "PermissionSetGroupId", group);
        assertThat(row.text("PermissionSetId")).isEqualTo(whole);
        assertThat(org.record("PermissionSet", whole).orElseThrow().text("Type"))
                .isEqualTo("Group");
        assertThat(Actor.error(actor.create(
                        "PermissionSetAssignment", Map.of("AssigneeId", anna, "PermissionSetGroupId", group))))
                .isEqualTo("DUPLICATE_VALUE: Duplicate PermissionSetAssignment. Assignee: " + anna
                        + "; Permission Set: " + whole);
    }

    @Test
    void findsWhoHasASetThroughAGroup() {
        String anna = actor.user("anna", STANDARD);
        String group = actor.id("PermissionSetGroup", "DeveloperName", "Sales_Team");
        actor.create("PermissionSetAssignment", Map.of("AssigneeId", anna, "PermissionSetGroupId", group));

        var found = actor.first(
                "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetGroupId IN (SELECT"
                        + " PermissionSetGroupId FROM PermissionSetGroupComponent WHERE PermissionSet.Name IN ('Sales_Cloud'))");

        assertThat(found).containsEntry("AssigneeId", anna);
    }

    @Test
    void givesNoGroupWithASetThatDoesNotFitTheLicence() {
        String free = actor.user("free", "Chatter Free User");
        String group = actor.id("PermissionSetGroup", "DeveloperName", "Sales_Team");

        assertThat(Actor.error(actor.create(
                        "PermissionSetAssignment", Map.of("AssigneeId", free, "PermissionSetGroupId", group))))
                .startsWith("FIELD_INTEGRITY_EXCEPTION: Can't assign permission set Sales Cloud to user free.");
    }

    @Test
    void demandsASetOrAGroupButNotBoth() {
        String anna = actor.user("anna", STANDARD);
        String group = actor.id("PermissionSetGroup", "DeveloperName", "Sales_Team");

        assertThat(Actor.error(actor.create("PermissionSetAssignment", Map.of("AssigneeId", anna))))
                .isEqualTo("REQUIRED_FIELD_MISSING: Required fields are missing: [PermissionSetId]");
        assertThat(Actor.error(actor.create(
                        "PermissionSetAssignment",
                        Map.of("AssigneeId", anna, "PermissionSetGroupId", group, "PermissionSetId", set("Console")))))
                .startsWith("FIELD_INTEGRITY_EXCEPTION");
    }

    /** The text is the one of a vendor's knowledge base (Veeva), which quotes a real org. */
    @Test
    void namesThePermissionThatTheUserLicenceDoesNotAllow() {
        String free = actor.user("free", "Chatter Free User");

        assertThat(Actor.error(assign(free, "Managing")))
                .isEqualTo("FIELD_INTEGRITY_EXCEPTION: Can't assign permission set Managing to user free. The user"
                        + " license doesn't allow the permission: Manage Internal Users");
        assertThat(assign(actor.user("anna", STANDARD), "Managing").success()).isTrue();
    }

    @Test
    void givesTheLicenceFirstAndTakesItLast() {
        String anna = actor.user("anna", STANDARD);
        assertThat(Actor.error(assign(anna, "Console")))
                .isEqualTo("FIELD_INTEGRITY_EXCEPTION: Can't assign permission set Console to user anna. The user"
                        + " license doesn't allow the permission: SalesConsoleUser");

        String licence = license(anna).id().orElseThrow();
        String assignment = assign(anna, "Console").id().orElseThrow();

        assertThat(Actor.error(actor.delete("PermissionSetLicenseAssign", licence)))
                .startsWith("FIELD_INTEGRITY_EXCEPTION");
        assertThat(actor.delete("PermissionSetAssignment", assignment).success())
                .isTrue();
        assertThat(actor.delete("PermissionSetLicenseAssign", licence).success())
                .isTrue();
    }

    @Test
    void countsSeatsOfPermissionSetLicencesAndShowsThemLate() {
        String first = license(actor.user("anna", STANDARD)).id().orElseThrow();
        license(actor.user("bob", STANDARD));
        String eve = actor.user("eve", STANDARD);

        assertThat(Actor.error(license(eve)))
                .isEqualTo("LICENSE_LIMIT_EXCEEDED: License Limit Exceeded - SalesConsoleUser: []");
        assertThat(used()).isEqualTo("0");
        now.updateAndGet(at -> at.plus(Duration.ofMinutes(10)));
        assertThat(used()).isEqualTo("2");

        actor.delete("PermissionSetLicenseAssign", first);
        assertThat(license(eve).success()).isTrue();
    }

    @Test
    void givesAPermissionSetLicenceOnce() {
        String anna = actor.user("anna", STANDARD);
        license(anna);

        assertThat(Actor.error(license(anna))).startsWith("DUPLICATE_VALUE: Duplicate PermissionSetLicenseAssign.");
    }

    /** Sets, then licences, then the profile: the order of a swap that admin tools found (dml-lib issue 31). */
    @Test
    void changesTheLicenceOfAUserOnlyWhenNoSetOfTheOldOneIsLeft() {
        String anna = actor.user("anna", STANDARD);
        String assignment = assign(anna, "Sales_Cloud").id().orElseThrow();
        Map<String, String> platform = Map.of("ProfileId", actor.id("Profile", "Name", "Standard Platform User"));

        RowResult tooEarly = actor.update("User", anna, platform);
        actor.delete("PermissionSetAssignment", assignment);

        assertThat(tooEarly.errors().get(0).code()).isEqualTo("FIELD_INTEGRITY_EXCEPTION");
        assertThat(tooEarly.errors().get(0).fields()).isEqualTo(List.of("ProfileId"));
        assertThat(actor.update("User", anna, platform).success()).isTrue();
    }

    @Test
    void movesTheSetOfTheProfileWithTheProfileAndLetsNobodyTouchIt() {
        String anna = actor.user("anna", STANDARD);
        String own = "SELECT Id, PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE AssigneeId = '" + anna
                + "' AND PermissionSet.IsOwnedByProfile = true";
        Object id = actor.first(own).get("Id");

        assertThat(Actor.error(actor.delete("PermissionSetAssignment", String.valueOf(id))))
                .startsWith("INSUFFICIENT_ACCESS_OR_READONLY");
        actor.update("User", anna, Map.of("ProfileId", actor.id("Profile", "Name", "Read Only")));

        assertThat(org.query(actor.self(), own, 200).total()).isOne();
        assertThat(actor.first(own).get("Id")).isNotEqualTo(id);
    }

    @Test
    void sellsNoMoreFeatureLicencesThanThereAreAndFreesThemWithTheUser() {
        var flags = Map.of("UserPermissionsSFContentUser", true);
        String anna = actor.user("anna", STANDARD);
        String bob = actor.user("bob", STANDARD);
        actor.update("User", anna, flags);

        RowResult refused = actor.update("User", bob, flags);
        actor.update("User", anna, Map.of("IsActive", false));

        assertThat(Actor.error(refused)).isEqualTo("LICENSE_LIMIT_EXCEEDED: content feature license limit exceeded");
        assertThat(actor.update("User", bob, flags).success()).isTrue();
    }

    private RowResult license(String user) {
        String licence = actor.id("PermissionSetLicense", "DeveloperName", "SalesConsoleUser");
        return actor.create(
                "PermissionSetLicenseAssign", Map.of("AssigneeId", user, "PermissionSetLicenseId", licence));
    }

    private RowResult assign(String user, String set) {
        return actor.create("PermissionSetAssignment", Map.of("AssigneeId", user, "PermissionSetId", set(set)));
    }

    private String set(String name) {
        return actor.id("PermissionSet", "Name", name);
    }

    private String used() {
        Object figure = actor.first(
                        "SELECT UsedLicenses FROM PermissionSetLicense WHERE DeveloperName = 'SalesConsoleUser'")
                .get("UsedLicenses");
        return figure == null ? "none" : figure.toString();
    }

    private static final class SteppedClock extends Clock {
        private final AtomicReference<Instant> now;

        private SteppedClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return java.util.Objects.requireNonNull(now.get());
        }
    }
}
