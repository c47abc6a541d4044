package dev.salesforcesync.sandbox.salesforce.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Public groups and queues, the people in them, and the objects that are not set-up (Object Reference). */
class GroupsAndContactsTest {
    private final Org org = new Org(OrgSettings.builder("Acme")
            .usernames(new Usernames())
            .publicGroup("All Sales")
            .queue("Incoming")
            .customContactExternalId("AD_ObjectGuid__c", 36)
            .build());
    private final Actor actor = new Actor(org);

    @AfterEach
    void close() {
        org.close();
    }

    @Test
    void answersADuplicateMemberWithTheRecordThatIsThere() {
        String anna = actor.user("anna", "Standard User");
        Map<String, String> member = Map.of("GroupId", group("All_Sales"), "UserOrGroupId", anna);

        RowResult first = actor.create("GroupMember", member);
        RowResult second = actor.create("GroupMember", member);

        assertThat(second.success()).isTrue();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(org.count("GroupMember")).isOne();
    }

    @Test
    void takesUsersAndGroupsAsMembersAndNothingElse() {
        String sales = group("All_Sales");
        String account = actor.made("Account", Map.of("Name", "Acme"));

        assertThat(add(sales, group("Incoming")).success()).isTrue();
        assertThat(Actor.error(add(sales, account))).startsWith("INVALID_CROSS_REFERENCE_KEY");
        assertThat(Actor.error(add(sales, sales))).startsWith("INVALID_CROSS_REFERENCE_KEY");
        assertThat(Actor.error(add(sales, "00G000000000001"))).startsWith("INVALID_CROSS_REFERENCE_KEY");
    }

    @Test
    void changesNoMemberButRemovesIt() {
        String id = add(group("Incoming"), actor.self()).id().orElseThrow();

        assertThat(Actor.error(actor.update("GroupMember", id, Map.of("GroupId", group("All_Sales")))))
                .startsWith("INVALID_TYPE_FOR_OPERATION");
        assertThat(actor.delete("GroupMember", id).success()).isTrue();
        assertThat(org.count("GroupMember")).isZero();
    }

    @Test
    void makesPublicGroupsAndQueuesButNoGroupsOfItsOwn() {
        String made = actor.made("Group", Map.of("Name", "New People"));
        add(made, actor.self());

        Row row = org.record("Group", made).orElseThrow();
        assertThat(row.text("Type")).isEqualTo("Regular");
        assertThat(row.text("DeveloperName")).isEqualTo("New_People");
        assertThat(Actor.error(actor.create("Group", Map.of("Name", "X", "Type", "RoleAndSubordinates"))))
                .startsWith("FIELD_INTEGRITY_EXCEPTION");
        assertThat(Actor.error(actor.create("Group", Map.of("Name", "New people", "DeveloperName", "new_people"))))
                .startsWith("DUPLICATE_VALUE");
        actor.delete("Group", made);
        assertThat(org.count("GroupMember")).isZero();
    }

    @Test
    void demandsLastNameAndCompany() {
        assertThat(Actor.error(actor.create("Contact", Map.of("FirstName", "Anna"))))
                .isEqualTo("REQUIRED_FIELD_MISSING: Required fields are missing: [LastName]");
        assertThat(Actor.error(actor.create("Lead", Map.of("LastName", "Bolika"))))
                .isEqualTo("REQUIRED_FIELD_MISSING: Required fields are missing: [Company]");
        assertThat(Actor.error(actor.create("Account", Map.of())))
                .isEqualTo("REQUIRED_FIELD_MISSING: Required fields are missing: [Name]");
    }

    @Test
    void namesAContactAndGivesItToItsMaker() {
        String id = actor.made("Contact", Map.of("FirstName", "Anna", "LastName", "Bolika"));

        Row contact = org.record("Contact", id).orElseThrow();

        assertThat(contact.text("Name")).isEqualTo("Anna Bolika");
        assertThat(contact.text("OwnerId")).isEqualTo(actor.self());
    }

    @Test
    void givesNothingNewToAnInactiveOwner() {
        String anna = actor.user("anna", "Standard User");
        actor.update("User", anna, Map.of("IsActive", false));

        assertThat(Actor.error(actor.create("Lead", Map.of("LastName", "B", "Company", "C", "OwnerId", anna))))
                .isEqualTo("INACTIVE_OWNER_OR_USER: operation performed with inactive user [" + anna
                        + "] as owner of lead");
    }

    @Test
    void upsertsAContactByItsExternalId() {
        var request = new WriteRequest(
                WriteRequest.Kind.UPSERT,
                "AD_ObjectGuid__c",
                List.of(new InputRow(
                        "Contact", Optional.empty(), Map.of("AD_ObjectGuid__c", "guid-1", "LastName", "Bolika"))),
                false,
                false,
                WriteRequest.Disturbance.NONE);

        RowResult first = org.write(actor.self(), request).get(0);
        RowResult second = org.write(actor.self(), request).get(0);

        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void takesTheContactsOfAnAccountWithIt() {
        String account = actor.made("Account", Map.of("Name", "Acme"));
        actor.create("Contact", Map.of("LastName", "Bolika", "AccountId", account));

        actor.delete("Account", account);

        assertThat(org.count("Contact")).isZero();
    }

    @Test
    void letsThoseWriteContactsWhoMayNotManageUsers() {
        String anna = actor.user("anna", "Standard User");
        var contact = new InputRow("Contact", Optional.empty(), Map.of("LastName", "Bolika"));
        var group = new InputRow("Group", Optional.empty(), Map.of("Name", "Mine"));

        assertThat(org.write(anna, WriteRequest.of(WriteRequest.Kind.CREATE, List.of(contact)))
                        .get(0)
                        .success())
                .isTrue();
        assertThat(Actor.error(org.write(anna, WriteRequest.of(WriteRequest.Kind.CREATE, List.of(group)))
                        .get(0)))
                .startsWith("INSUFFICIENT_ACCESS_OR_READONLY");
    }

    /** Apex Developer Guide, "sObjects That Cannot Be Used Together in DML Operations". */
    @Test
    void mixesNoSetUpRowsWithOthersInOneCall() {
        String anna = actor.user("anna", "Standard User");
        var contact = new InputRow("Contact", Optional.empty(), Map.of("LastName", "Bolika"));
        var member = new InputRow(
                "GroupMember", Optional.empty(), Map.of("GroupId", group("All_Sales"), "UserOrGroupId", anna));

        List<RowResult> results = actor.write(WriteRequest.Kind.CREATE, List.of(contact, member, contact));

        assertThat(results).extracting(RowResult::success).containsExactly(true, false, true);
        assertThat(Actor.error(results.get(1)))
                .isEqualTo("MIXED_DML_OPERATION: DML operation on setup object is not permitted after you have updated"
                        + " a non-setup object (or vice versa): GroupMember, original object: Contact");
        assertThat(org.count("GroupMember")).isZero();
    }

    private RowResult add(String group, String member) {
        return actor.create("GroupMember", Map.of("GroupId", group, "UserOrGroupId", member));
    }

    private String group(String name) {
        return actor.id("Group", "DeveloperName", name);
    }
}
