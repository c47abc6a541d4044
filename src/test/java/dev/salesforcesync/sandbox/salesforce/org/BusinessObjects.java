package dev.salesforcesync.sandbox.salesforce.org;

import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.CREATEABLE;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.DEFAULTED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.ID_LOOKUP;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.INDEXED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.Trait.REQUIRED;
import static dev.salesforcesync.sandbox.salesforce.org.Field.flag;
import static dev.salesforcesync.sandbox.salesforce.org.Field.picklist;
import static dev.salesforcesync.sandbox.salesforce.org.Field.reference;
import static dev.salesforcesync.sandbox.salesforce.org.Field.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The objects that are not set-up: Account, Contact, Lead. Lengths from the Object Reference. */
final class BusinessObjects {
    static final Set<String> NAMES = Set.of("Account", "Contact", "Lead");

    private BusinessObjects() {}

    static List<ObjectType> all(List<Field> customContactFields) {
        return List.of(
                object("Account", "001", account(), List.of()),
                object("Contact", "003", contact(), customContactFields),
                object("Lead", "00Q", lead(), List.of()));
    }

    private static ObjectType object(String name, String prefix, List<Field> own, List<Field> custom) {
        var fields = new ArrayList<Field>();
        fields.add(Schema.id());
        fields.addAll(own);
        Field owner =
                reference("OwnerId", "Owner ID", "User", "Owner").writable().with(DEFAULTED);
        // Queues own leads, not contacts and accounts (Object Reference).
        fields.add(name.equals("Lead") ? owner.orTo("Group") : owner);
        fields.addAll(UserFields.system());
        fields.addAll(custom);
        return new ObjectType(name, name, prefix, Set.of(ObjectType.Call.values()), fields);
    }

    private static List<Field> account() {
        return List.of(
                text("Name", "Account Name", 255).writable().with(REQUIRED, INDEXED),
                text("AccountNumber", "Account Number", 40).writable(),
                reference("ParentId", "Parent Account ID", "Account", "Parent").writable(),
                Field.of("Phone", "Account Phone", FieldKind.PHONE, 40).writable());
    }

    private static List<Field> contact() {
        var fields = person("Business Phone");
        fields.addAll(List.of(
                reference("AccountId", "Account ID", "Account", "Account")
                        .writable()
                        .with(INDEXED),
                reference("ReportsToId", "Reports To ID", "Contact", "ReportsTo")
                        .writable(),
                text("Department", "Department", 80).writable(),
                Field.of("MailingStreet", "Mailing Street", FieldKind.TEXTAREA, 255)
                        .writable(),
                text("MailingCity", "Mailing City", 40).writable(),
                text("MailingState", "Mailing State/Province", 80).writable(),
                text("MailingPostalCode", "Mailing Zip/Postal Code", 20).writable(),
                text("MailingCountry", "Mailing Country", 80).writable()));
        return fields;
    }

    private static List<Field> lead() {
        var fields = person("Phone");
        fields.addAll(List.of(
                text("Company", "Company", 255).writable().with(REQUIRED),
                picklist(
                                "Status",
                                "Status",
                                List.of(
                                        "Open - Not Contacted",
                                        "Working - Contacted",
                                        "Closed - Converted",
                                        "Closed - Not Converted"))
                        .writable()
                        .with(DEFAULTED)
                        .byDefault("Open - Not Contacted"),
                flag("IsConverted", "Converted").with(CREATEABLE)));
        return fields;
    }

    private static List<Field> person(String phone) {
        return new ArrayList<>(List.of(
                text("LastName", "Last Name", 80).writable().with(REQUIRED),
                text("FirstName", "First Name", 40).writable(),
                picklist("Salutation", "Salutation", List.of("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."))
                        .writable(),
                text("Name", "Full Name", 121),
                text("Title", "Title", 128).writable(),
                Field.of("Phone", phone, FieldKind.PHONE, 40).writable(),
                Field.of("MobilePhone", "Mobile Phone", FieldKind.PHONE, 40).writable(),
                Field.of("Email", "Email", FieldKind.EMAIL, 80).writable().with(ID_LOOKUP, INDEXED)));
    }
}
