package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.Field;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.OrgSettings;
import dev.salesforcesync.sandbox.salesforce.org.ResultPage;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowError;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.SavedRecord;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results of the partner API as XML, elements in the order of its WSDL: WSC reads them in that order. */
final class SoapAnswers {
    private SoapAnswers() {}

    static String saved(String operation, Kind kind, List<RowResult> results) {
        var xml = new XmlWriter().open(operation + "Response");
        for (RowResult result : results) {
            xml.open("result");
            if (kind == Kind.UPSERT) {
                xml.element("created", result.created());
            }
            result.errors().forEach(error -> error(xml, error));
            xml.element("id", result.id().orElse(null))
                    .element("success", result.success())
                    .close("result");
        }
        return xml.close(operation + "Response").toString();
    }

    private static void error(XmlWriter xml, RowError error) {
        xml.open("errors");
        error.fields().forEach(field -> xml.element("fields", field));
        xml.element("message", error.message())
                .element("statusCode", error.code())
                .close("errors");
    }

    static String found(String operation, ResultPage page) {
        var xml = new XmlWriter().open(operation + "Response").open("result xsi:type=\"QueryResult\"");
        xml.element("done", page.locator().isEmpty())
                .element("queryLocator", page.locator().orElse(null));
        page.records().forEach(saved -> record(xml, "records", saved));
        return xml.element("size", page.total())
                .close("result")
                .close(operation + "Response")
                .toString();
    }

    /** A record: its type, its id, then what was asked for, the id once more if that was asked for. */
    private static void record(XmlWriter xml, String name, SavedRecord saved) {
        xml.open(name + " xsi:type=\"sf:sObject\"").element("sf:type", saved.type());
        xml.element("sf:Id", saved.id().orElse(null));
        saved.values().forEach((field, value) -> {
            if (value instanceof SavedRecord parent) {
                record(xml, "sf:" + field, parent);
            } else {
                xml.element("sf:" + field, value);
            }
        });
        xml.close(name);
    }

    static String retrieved(List<java.util.Optional<Row>> rows, List<String> fields) {
        var xml = new XmlWriter().open("retrieveResponse");
        for (var found : rows) {
            if (found.isEmpty()) {
                xml.element("result", null);
                continue;
            }
            Row row = found.get();
            boolean withId = fields.stream().anyMatch("Id"::equalsIgnoreCase);
            xml.open("result xsi:type=\"sf:sObject\"")
                    .element("sf:type", row.type().name())
                    .element("sf:Id", withId ? row.id() : null);
            for (String field : fields) {
                Field known = row.type().field(field).orElseThrow();
                // Unlike in a query's answer the id is there once: recorded by soapforce.
                if (!known.name().equals("Id")) {
                    xml.element("sf:" + known.name(), row.value(known.name()));
                }
            }
            xml.close("result");
        }
        return xml.close("retrieveResponse").toString();
    }

    static void userInfo(XmlWriter xml, Org org, Row user) {
        OrgSettings settings = org.settings();
        xml.element("accessibilityMode", false)
                .element("chatterExternal", false)
                .element("currencySymbol", "€")
                .element("orgAttachmentFileSizeLimit", 5_242_880)
                .element("orgDefaultCurrencyIsoCode", "EUR")
                .element("orgDefaultCurrencyLocale", "de_DE_EURO")
                .element("orgDisallowHtmlAttachments", false)
                .element("orgHasPersonAccounts", false)
                .element("organizationId", settings.id())
                .element("organizationMultiCurrency", false)
                .element("organizationName", settings.name())
                .element("profileId", user.text("ProfileId"))
                .element("roleId", orNull(user.text("UserRoleId")))
                .element("sessionSecondsValid", settings.sessionTimeout().toSeconds())
                .element("userDefaultCurrencyIsoCode", null)
                .element("userEmail", user.text("Email"))
                .element("userFullName", user.text("Name"))
                .element("userId", user.id())
                .element("userLanguage", user.text("LanguageLocaleKey"))
                .element("userLocale", user.text("LocaleSidKey"))
                .element("userName", user.text("Username"))
                .element("userTimeZone", user.text("TimeZoneSidKey"))
                .element("userType", user.text("UserType"))
                .element("userUiSkin", "Theme3");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
