package dev.salesforcesync.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.soap.partner.SaveResult;
import com.sforce.soap.partner.fault.ApiFault;
import com.sforce.soap.partner.fault.ApiQueryFault;
import com.sforce.soap.partner.fault.ExceptionCode;
import com.sforce.soap.partner.fault.InvalidSObjectFault;
import com.sforce.soap.partner.fault.MalformedQueryFault;
import com.sforce.soap.partner.sobject.SObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The codes and words of refusals that can be provoked without spoiling anything. */
interface ErrorFacts {
    Scene scene();

    @Test
    @Tries(Fact.REQUIRED_FIELDS)
    default void namesTheFieldsThatAreMissing() throws Exception {
        Map<String, Object> person = scene().person("missing");
        person.remove("LastName");

        assertThat(said(person))
                .isEqualTo("REQUIRED_FIELD_MISSING: Required fields are missing: [LastName] [LastName]");
    }

    @Test
    @Tries(Fact.USERNAME_TAKEN)
    default void refusesAUsernameInUseInAnyCaseOfLetters() throws Exception {
        String taken = scene().username().toUpperCase(Locale.ROOT);

        assertThat(said(with("Username", taken))).isEqualTo(duplicateUsername());
    }

    @Test
    @Tries(Fact.USERNAME_TAKEN_BY_INACTIVE)
    default void refusesTheUsernameOfAnInactiveUser() throws Exception {
        String taken = scene().username();
        assertThat(Scene.said(scene().update(Map.of("IsActive", false)))).isEqualTo("ok");
        try {
            assertThat(said(with("Username", taken))).isEqualTo(duplicateUsername());
        } finally {
            assertThat(Scene.said(scene().update(Map.of("IsActive", true)))).isEqualTo("ok");
        }
    }

    @Test
    @Tries(Fact.USERNAME_FORM)
    default void wantsAUsernameInTheFormOfAnAddress() throws Exception {
        assertThat(said(with("Username", scene().prefix())))
                .isEqualTo("FIELD_INTEGRITY_EXCEPTION: Username must be in the form of an email address (for example,"
                        + " john@acme.com): Username [Username]");
    }

    @Test
    @Tries(Fact.NICKNAME_TAKEN)
    default void refusesANicknameInUse() throws Exception {
        String taken = scene().one("SELECT CommunityNickname FROM User WHERE Id = '" + scene().user() + "'")
                .path("CommunityNickname")
                .asText();

        assertThat(said(with("CommunityNickname", taken)))
                .isEqualTo("DUPLICATE_COMM_NICKNAME: Duplicate Nickname.<br>Another user has already selected this"
                        + " nickname.<br>Please select another. [CommunityNickname]");
    }

    @Test
    @Tries(Fact.FEDERATION_ID_TAKEN_TEXT)
    default void refusesAFederationIdInUse() throws Exception {
        assertThat(federationIdTaken().getErrors()[0].getMessage())
                .isEqualTo("This Federation ID is already in use. Use a different Federation ID.: SAML Federation ID");
    }

    @Test
    @Tries(Fact.FEDERATION_ID_TAKEN_CODE)
    default void callsAFederationIdInUseAnIntegrityError() throws Exception {
        assertThat(federationIdTaken().getErrors()[0].getStatusCode()).hasToString("FIELD_INTEGRITY_EXCEPTION");
    }

    private SaveResult federationIdTaken() throws Exception {
        assertThat(Scene.said(scene().update(Map.of("FederationIdentifier", scene().prefix()))))
                .isEqualTo("ok");
        SaveResult result = scene().create(with("FederationIdentifier", scene().prefix()));
        assertThat(result.isSuccess()).isFalse();
        return result;
    }

    @Test
    @Tries(Fact.TOO_LONG)
    default void tellsWhichValueIsTooLong() throws Exception {
        assertThat(said(with("Alias", "much too long")))
                .isEqualTo("STRING_TOO_LONG: Alias: data value too large: much too long (max length=8) [Alias]");
    }

    @Test
    @Tries(Fact.BAD_EMAIL)
    default void tellsABadAddress() throws Exception {
        assertThat(said(with("Email", "contract")))
                .isEqualTo("INVALID_EMAIL_ADDRESS: Email: invalid email address: contract [Email]");
    }

    @Test
    @Tries(Fact.BAD_PICKLIST)
    default void tellsAValueThatIsNotOnTheList() throws Exception {
        assertThat(said(with("TimeZoneSidKey", "Europe/Contract")))
                .isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: Time Zone: bad value for restricted picklist"
                        + " field: Europe/Contract [TimeZoneSidKey]");
    }

    @Test
    @Tries(Fact.BAD_REFERENCE)
    default void tellsAReferenceToNothing() throws Exception {
        assertThat(said(with("ProfileId", "00e000000000001AAA")))
                .startsWith("INVALID_CROSS_REFERENCE_KEY: invalid cross reference id");
    }

    @Test
    @Tries(Fact.NOT_WRITEABLE)
    default void tellsAFieldThatIsNotWritten() throws Exception {
        assertThat(Scene.said(scene().update(Map.of("LastLoginDate", "2026-01-01T00:00:00Z"))))
                .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE: Unable to create/update fields: LastLoginDate. Please"
                        + " check the security settings of this field and verify that it is read/write for your"
                        + " profile or permission set. [LastLoginDate]");
    }

    @Test
    @Tries(Fact.UNKNOWN_FIELD)
    default void refusesACallWithAFieldThatDoesNotExist() {
        Wire.Answer answer =
                scene().wire().call("PATCH", Wire.DATA + "/sobjects/User/" + scene().user(), Map.of("Contract__c", 1));

        assertThat(answer.refusal())
                .matches("400 INVALID_FIELD: No such column 'Contract__c' on (sobject of type User|entity 'User'.*)");
    }

    @Test
    @Tries(Fact.SET_GIVEN_TWICE)
    default void refusesAPermissionSetTwice() throws Exception {
        assumeThat(scene().org().permissionSet())
                .as(ContractOrg.PREFIX + "PERMISSION_SET names no permission set")
                .isPresent();
        String set = scene().one("SELECT Id FROM PermissionSet WHERE Name = '"
                        + scene().org().permissionSet().orElseThrow() + "'")
                .path("Id")
                .asText();
        SObject[] rows = {
            Scene.row("PermissionSetAssignment", Map.of("AssigneeId", scene().user(), "PermissionSetId", set))
        };
        SaveResult first = scene().soap().create(rows)[0];
        assertThat(Scene.said(first)).isEqualTo("ok");

        SaveResult second = scene().soap().create(rows)[0];
        scene().soap().delete(new String[] {first.getId()});

        assertThat(Scene.said(second))
                .isEqualTo("DUPLICATE_VALUE: Duplicate PermissionSetAssignment. Assignee: " + scene().user()
                        + "; Permission Set: " + set + " []");
    }

    @Test
    @Tries(Fact.ROWS_ALL_OR_NONE)
    default void takesBackGoodRowsWhenAllOrNoneIsAsked() throws Exception {
        PartnerConnection soap = scene().anotherSoap();
        soap.setAllOrNoneHeader(true);
        String id = scene().user();
        SObject good = Scene.row("User", Map.of("Id", id, "Department", "Not kept"));

        SaveResult[] results =
                scene().keep(soap.create(new SObject[] {Scene.row("User", scene().person("good")), bad()}));
        SaveResult alone = soap.update(new SObject[] {good})[0];

        assertThat(results[0].isSuccess()).isFalse();
        assertThat(results[0].getErrors()[0].getStatusCode()).hasToString("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(results[1].getErrors()[0].getStatusCode()).hasToString("STRING_TOO_LONG");
        assertThat(alone.isSuccess()).isTrue();
    }

    @Test
    @Tries(Fact.TWO_HUNDRED_ROWS)
    default void refusesMoreThanTwoHundredRows() {
        // Rows that would all be refused, should the limit not be there.
        SObject[] rows = IntStream.range(0, 201)
                .mapToObj(any -> Scene.row("User", Map.of("Id", "005000000000001AAA", "Department", "Contract")))
                .toArray(SObject[]::new);

        ApiFault fault =
                catchThrowableOfType(ApiFault.class, () -> scene().soap().update(rows));

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.EXCEEDED_ID_LIMIT);
    }

    @Test
    @Tries(Fact.BAD_QUERY)
    default void pointsToTheMistakeInAQuery() {
        ApiQueryFault fault =
                catchThrowableOfType(ApiQueryFault.class, () -> scene().soap().query("SELECT Id FORM User"));

        assertThat(fault).isInstanceOf(MalformedQueryFault.class);
        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.MALFORMED_QUERY);
        assertThat(fault.getRow()).isEqualTo(1);
        assertThat(scene().wire().query("SELECT Id FORM User").refusal()).startsWith("400 MALFORMED_QUERY: ");
    }

    @Test
    @Tries(Fact.UNKNOWN_TYPE)
    default void pointsToAnObjectThatDoesNotExist() {
        InvalidSObjectFault fault = catchThrowableOfType(
                InvalidSObjectFault.class, () -> scene().soap().query("SELECT Id FROM Contrract"));
        JsonNode error =
                scene().wire().query("select count() from XYZZY").json().path(0);

        assertThat(fault.getExceptionCode()).isEqualTo(ExceptionCode.INVALID_TYPE);
        assertThat(error.path("errorCode").asText()).isEqualTo("INVALID_TYPE");
        assertThat(error.path("message").asText())
                .isEqualTo("\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type"
                        + " 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append"
                        + " the '__c' after the entity name. Please reference your WSDL or the describe call for the"
                        + " appropriate names.");
    }

    private SObject bad() {
        return Scene.row("User", with("Alias", "much too long"));
    }

    private Map<String, Object> with(String field, Object value) {
        var person = new LinkedHashMap<String, Object>(scene().person("bad"));
        person.put(field, value);
        return person;
    }

    private String said(Map<String, Object> person) throws Exception {
        return Scene.said(scene().create(person));
    }

    private static String duplicateUsername() {
        return "DUPLICATE_USERNAME: Duplicate Username.<br>The username already exists in this or another Salesforce"
                + " organization. Usernames must be unique across all Salesforce organizations. To resolve, use a"
                + " different username (it doesn't need to match the user's email address).  "
                + List.of("Username");
    }
}
