package dev.salesforcesync.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sforce.soap.partner.DescribeGlobalSObjectResult;
import com.sforce.soap.partner.DescribeSObjectResult;
import com.sforce.soap.partner.Field;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.PicklistEntry;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Describes tell the facts that the Object Reference and recorded describes of real orgs tell, by SOAP and REST. */
class DescribeTest {
    private SalesforceOrgServer server;
    private PartnerConnection soap;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        server = SalesforceOrgServer.start();
        soap = SoapClient.signedIn(server);
        rest = new RestClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode describe(String type) {
        return rest.get(RestClient.DATA + "/sobjects/" + type + "/describe").json();
    }

    private static JsonNode field(JsonNode describe, String name) {
        for (JsonNode field : describe.path("fields")) {
            if (field.path("name").asText().equals(name)) {
                return field;
            }
        }
        throw new AssertionError(name);
    }

    private static Field field(DescribeSObjectResult describe, String name) {
        return Arrays.stream(describe.getFields())
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** CumulusCI shared_cassettes/GET_sobjects_Global_describe for those that it has; the Object Reference for all. */
    @ParameterizedTest(name = "{0} {1}: create {2}, update {3}, delete {4}")
    @CsvSource({
        "User, 005, true, true, false",
        "UserLogin, 0Yw, false, true, false",
        "UserLicense, 100, false, false, false",
        "UserRole, 00E, true, true, true",
        "Profile, 00e, false, false, false",
        "PermissionSet, 0PS, false, false, false",
        "PermissionSetGroup, 0PG, false, false, false",
        "PermissionSetAssignment, 0Pa, true, true, true",
        "PermissionSetLicense, 0PL, false, false, false",
        "PermissionSetLicenseAssign, 2LA, true, false, true",
        "Group, 00G, true, true, true",
        "GroupMember, 011, true, false, true",
        "Account, 001, true, true, true",
        "Contact, 003, true, true, true",
        "Lead, 00Q, true, true, true",
        "Organization, 00D, false, false, false",
    })
    void tellsWhatCanBeDoneWithEachObject(String name, String prefix, boolean create, boolean update, boolean delete)
            throws Exception {
        DescribeGlobalSObjectResult global = Arrays.stream(soap.describeGlobal().getSobjects())
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow();
        DescribeSObjectResult whole = soap.describeSObject(name);
        JsonNode json = describe(name);

        assertThat(List.of(
                        global.getKeyPrefix(),
                        whole.getKeyPrefix(),
                        json.path("keyPrefix").asText()))
                .containsOnly(prefix);
        assertThat(List.of(
                        global.isCreateable(),
                        whole.isCreateable(),
                        json.path("createable").asBoolean()))
                .containsOnly(create);
        assertThat(List.of(
                        global.isUpdateable(),
                        whole.isUpdateable(),
                        json.path("updateable").asBoolean()))
                .containsOnly(update);
        assertThat(List.of(
                        global.isDeletable(),
                        whole.isDeletable(),
                        json.path("deletable").asBoolean()))
                .containsOnly(delete);
        boolean business = Set.of("Account", "Contact", "Lead").contains(name);
        assertThat(List.of(global.isUndeletable(), whole.isUndeletable())).containsOnly(business);
    }

    /** Field Reference 260 (User); which ones can be written: the User describe in the Object Reference. */
    @ParameterizedTest(name = "User.{0}: length {1}, nillable {2}, create {3}, update {4}")
    @CsvSource({
        "Id, 18, false, false, false",
        "Username, 80, false, true, true",
        "LastName, 80, false, true, true",
        "FirstName, 40, true, true, true",
        "Name, 121, true, false, false",
        "Alias, 8, false, true, true",
        "CommunityNickname, 40, false, true, true",
        "Email, 128, false, true, true",
        "EmployeeNumber, 20, true, true, true",
        "FederationIdentifier, 512, true, true, true",
        "Title, 80, true, true, true",
        "Department, 80, true, true, true",
        "Division, 80, true, true, true",
        "CompanyName, 80, true, true, true",
        "State, 80, true, true, true",
        "Country, 80, true, true, true",
        "City, 40, true, true, true",
        "PostalCode, 20, true, true, true",
        "Street, 255, true, true, true",
        "Phone, 40, true, true, true",
        "AboutMe, 1000, true, true, true",
        "Signature, 1333, true, true, true",
        "TimeZoneSidKey, 40, false, true, true",
        "LocaleSidKey, 40, false, true, true",
        "EmailEncodingKey, 40, false, true, true",
        "LanguageLocaleKey, 40, false, true, true",
        "ProfileId, 18, false, true, true",
        "ManagerId, 18, true, true, true",
        "UserType, 40, true, false, false",
        "LastLoginDate, 0, true, false, false",
        "LastPasswordChangeDate, 0, true, false, false",
        "CreatedDate, 0, false, false, false",
        "SystemModstamp, 0, false, false, false",
        "AccountId, 18, true, false, false",
        "ContactId, 18, true, true, false",
        "FullPhotoUrl, 1024, true, false, false",
    })
    void tellsTheFactsOfAUsersFields(String name, int length, boolean nillable, boolean create, boolean update)
            throws Exception {
        Field bySoap = field(soap.describeSObject("User"), name);
        JsonNode byRest = field(describe("User"), name);

        assertThat(List.of(bySoap.getLength(), byRest.path("length").asInt())).containsOnly(length);
        assertThat(List.of(bySoap.isNillable(), byRest.path("nillable").asBoolean()))
                .containsOnly(nillable);
        assertThat(List.of(bySoap.isCreateable(), byRest.path("createable").asBoolean()))
                .containsOnly(create);
        assertThat(List.of(bySoap.isUpdateable(), byRest.path("updateable").asBoolean()))
                .containsOnly(update);
    }

    @ParameterizedTest(name = "{0}.{1} points to {2} as {3}")
    @CsvSource({
        "User, ProfileId, Profile, Profile",
        "User, UserRoleId, UserRole, UserRole",
        "User, ManagerId, User, Manager",
        "User, ContactId, Contact, Contact",
        "UserLogin, UserId, User, User",
        "Profile, UserLicenseId, UserLicense, UserLicense",
        "PermissionSet, LicenseId, PermissionSetLicense UserLicense, License",
        "PermissionSetAssignment, AssigneeId, User, Assignee",
        "PermissionSetLicenseAssign, PermissionSetLicenseId, PermissionSetLicense, PermissionSetLicense",
        "GroupMember, UserOrGroupId, Group User, UserOrGroup",
        "GroupMember, GroupId, Group, Group",
        "Group, OwnerId, Organization User, Owner",
        "Group, RelatedId, User UserRole, Related",
        "Lead, OwnerId, Group User, Owner",
        "Contact, OwnerId, User, Owner",
    })
    void tellsWhereReferencesPoint(String type, String name, String targets, String relationship) throws Exception {
        Field bySoap = field(soap.describeSObject(type), name);
        JsonNode byRest = field(describe(type), name);
        String[] expected = targets.split(" ", -1);

        assertThat(bySoap.getReferenceTo()).containsExactly(expected);
        assertThat(byRest.path("referenceTo")).extracting(JsonNode::asText).containsExactly(expected);
        assertThat(List.of(
                        bySoap.getRelationshipName(),
                        byRest.path("relationshipName").asText()))
                .containsOnly(relationship);
        assertThat(List.of(
                        bySoap.isPolymorphicForeignKey(),
                        byRest.path("polymorphicForeignKey").asBoolean()))
                .containsOnly(expected.length > 1);
        assertThat(byRest.path("type").asText()).isEqualTo("reference");
    }

    @Test
    void flagsKeysOfUpsertsButNotTheFederationIdAsUnique() throws Exception {
        DescribeSObjectResult user = soap.describeSObject("User");

        Field anchor = field(user, "AD_ObjectGuid__c");
        assertThat(anchor.isUnique() && anchor.isExternalId() && anchor.isIdLookup() && anchor.isCustom())
                .isTrue();
        // Enforced unique all the same: salesforce.md §C.
        assertThat(field(user, "FederationIdentifier").isUnique()).isFalse();
        assertThat(field(user, "Id").isIdLookup()).isTrue();
        assertThat(field(user, "Department").isIdLookup()).isFalse();
    }

    @Test
    void listsTheValuesOfPicklistsAndTheirDefault() throws Exception {
        Field digest = field(soap.describeSObject("User"), "DigestFrequency");

        assertThat(digest.getPicklistValues())
                .filteredOn(PicklistEntry::isDefaultValue)
                .extracting(PicklistEntry::getValue)
                .containsExactly("D");
        assertThat(field(soap.describeSObject("User"), "EmailEncodingKey").isRestrictedPicklist())
                .isTrue();
        assertThat(field(describe("User"), "LocaleSidKey").path("picklistValues"))
                .extracting(entry -> entry.path("value").asText())
                .contains("de_DE", "en_US", "fr_FR");
    }

    @Test
    void tellsWhoPointsToAUser() throws Exception {
        assertThat(soap.describeSObject("User").getChildRelationships())
                .extracting(child -> child.getChildSObject() + "." + child.getField())
                .contains("UserLogin.UserId", "User.ManagerId", "GroupMember.UserOrGroupId");
    }

    /** The WSDL lists the parts of a describe by the alphabet; a client that reads in order loses what comes late. */
    @Test
    void writesTheFactsOfAFieldInTheOrderOfTheAlphabet() {
        var facts = new ArrayList<String>();
        field(describe("User"), "Alias").fieldNames().forEachRemaining(facts::add);
        facts.removeAll(List.of("defaultValue", "picklistValues", "referenceTo"));

        assertThat(facts).hasSizeGreaterThan(30).isSorted();
    }

    @Test
    void describesSeveralObjectsInTheOrderAskedForAndAHundredAtMost() throws Exception {
        assertThat(soap.describeSObjects(new String[] {"Group", "User"}))
                .extracting(DescribeSObjectResult::getName)
                .containsExactly("Group", "User");

        String[] many = Collections.nCopies(101, "User").toArray(String[]::new);
        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.describeSObjects(many));
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.EXCEEDED_MAX_TYPES_LIMIT);
    }

    @Test
    void refusesAnObjectThatDoesNotExist() {
        ApiFault fault = catchThrowableOfType(ApiFault.class, () -> soap.describeSObject("Person"));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_TYPE);
        assertThat(rest.get(RestClient.DATA + "/sobjects/Person/describe").status())
                .isEqualTo(404);
    }
}
