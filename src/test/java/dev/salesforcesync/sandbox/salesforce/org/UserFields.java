package dev.salesforcesync.sandbox.salesforce.org;

import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.CREATEABLE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.DEFAULTED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.ID_LOOKUP;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.INDEXED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.REQUIRED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.SILENTLY_UNIQUE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.flag;
import static dev.salesforcesync.sandbox.salesforce.org.Field.moment;
import static dev.salesforcesync.sandbox.salesforce.org.Field.picklist;
import static dev.salesforcesync.sandbox.salesforce.org.Field.reference;
import static dev.salesforcesync.sandbox.salesforce.org.Field.text;

import java.util.ArrayList;
import java.util.List;

/** The fields of User: names, labels and lengths from the Object Reference and the Field Reference (260). */
final class UserFields {
    private UserFields() {}

    static List<Field> standard() {
        var fields = new ArrayList<Field>(List.of(
                Field.of("Id", "User ID", FieldKind.ID, 18),
                text("Username", "Username", 80).writable().with(REQUIRED, ID_LOOKUP, SILENTLY_UNIQUE),
                text("LastName", "Last Name", 80).writable().with(REQUIRED),
                text("FirstName", "First Name", 40).writable(),
                text("Name", "Full Name", 121),
                text("CompanyName", "Company Name", 80).writable(),
                text("Division", "Division", 80).writable(),
                text("Department", "Department", 80).writable(),
                text("Title", "Title", 80).writable(),
                Field.of("Street", "Street", FieldKind.TEXTAREA, 255).writable(),
                text("City", "City", 40).writable(),
                text("State", "State/Province", 80).writable(),
                text("PostalCode", "Zip/Postal Code", 20).writable(),
                text("Country", "Country", 80).writable(),
                Field.of("Email", "Email", FieldKind.EMAIL, 128).writable().with(REQUIRED, ID_LOOKUP, INDEXED),
                Field.of("SenderEmail", "Email Sender Address", FieldKind.EMAIL, 80)
                        .writable(),
                text("SenderName", "Email Sender Name", 80).writable(),
                Field.of("Signature", "Email Signature", FieldKind.TEXTAREA, 1333)
                        .writable(),
                Field.of("Phone", "Phone", FieldKind.PHONE, 40).writable(),
                Field.of("Fax", "Fax", FieldKind.PHONE, 40).writable(),
                Field.of("MobilePhone", "Mobile", FieldKind.PHONE, 40).writable(),
                text("Alias", "Alias", 8).writable().with(REQUIRED),
                text("CommunityNickname", "Nickname", 40).writable().with(DEFAULTED, SILENTLY_UNIQUE),
                flag("IsActive", "Active").writable().byDefault(true),
                picklist("TimeZoneSidKey", "Time Zone", Picklists.TIME_ZONES)
                        .writable()
                        .with(REQUIRED),
                reference("UserRoleId", "Role ID", "UserRole", "UserRole").writable(),
                picklist("LocaleSidKey", "Locale", Picklists.LOCALES).writable().with(REQUIRED),
                flag("ReceivesInfoEmails", "Info Emails").writable(),
                flag("ReceivesAdminInfoEmails", "Admin Info Emails").writable(),
                picklist("EmailEncodingKey", "Email Encoding", Picklists.ENCODINGS)
                        .writable()
                        .with(REQUIRED),
                reference("ProfileId", "Profile ID", "Profile", "Profile")
                        .writable()
                        .with(REQUIRED),
                picklist("UserType", "User Type", Picklists.USER_TYPES).byDefault("Standard"),
                picklist("LanguageLocaleKey", "Language", Picklists.LANGUAGES)
                        .writable()
                        .with(REQUIRED),
                text("EmployeeNumber", "Employee Number", 20).writable().with(INDEXED),
                reference("DelegatedApproverId", "Delegated Approver ID", "User", "DelegatedApprover")
                        .writable(),
                reference("ManagerId", "Manager ID", "User", "Manager").writable(),
                moment("LastLoginDate", "Last Login"),
                moment("LastPasswordChangeDate", "Last Password Change or Reset")));
        fields.addAll(system());
        fields.addAll(List.of(
                flag("UserPermissionsMarketingUser", "Marketing User").writable(),
                flag("UserPermissionsOfflineUser", "Offline User").writable(),
                flag("UserPermissionsKnowledgeUser", "Knowledge User").writable(),
                flag("UserPermissionsInteractionUser", "Flow User").writable(),
                flag("UserPermissionsSupportUser", "Service Cloud User").writable(),
                flag("UserPermissionsSFContentUser", "Salesforce CRM Content User")
                        .writable(),
                flag("ForecastEnabled", "Allow Forecasting").writable(),
                reference("ContactId", "Contact ID", "Contact", "Contact").with(CREATEABLE),
                reference("AccountId", "Account ID", "Account", "Account"),
                text("Extension", "Extension", 40).writable(),
                text("FederationIdentifier", "SAML Federation ID", 512)
                        .writable()
                        .with(SILENTLY_UNIQUE, ID_LOOKUP),
                Field.of("AboutMe", "About Me", FieldKind.TEXTAREA, 1000).writable(),
                picklist("DigestFrequency", "Chatter Email Highlights Frequency", Picklists.DIGEST_FREQUENCIES)
                        .writable()
                        .with(DEFAULTED)
                        .byDefault("D"),
                picklist(
                                "DefaultGroupNotificationFrequency",
                                "Default Notification Frequency when Joining Groups",
                                List.of("P", "D", "W", "N"))
                        .writable()
                        .with(DEFAULTED)
                        .byDefault("N"),
                Field.of("FullPhotoUrl", "Url for full-sized Photo", FieldKind.URL, 1024),
                Field.of("SmallPhotoUrl", "Photo", FieldKind.URL, 1024)));
        return fields;
    }

    /** The audit fields that the server alone writes. */
    static List<Field> system() {
        return List.of(
                moment("CreatedDate", "Created Date").with(DEFAULTED),
                reference("CreatedById", "Created By ID", "User", "CreatedBy").with(DEFAULTED),
                moment("LastModifiedDate", "Last Modified Date").with(DEFAULTED),
                reference("LastModifiedById", "Last Modified By ID", "User", "LastModifiedBy")
                        .with(DEFAULTED),
                moment("SystemModstamp", "System Modstamp").with(DEFAULTED, Field.Trait.ORDERED));
    }
}
