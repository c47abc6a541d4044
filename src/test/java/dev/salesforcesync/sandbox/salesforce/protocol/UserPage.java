package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import java.util.Locale;

/** What an org tells about the user of a token: userinfo (OpenID Connect) and the identity URL. */
final class UserPage {
    private UserPage() {}

    static ObjectNode userInfo(Org org, String baseUrl, Row user) {
        ObjectNode page = Json.object()
                .put("sub", url(org, baseUrl, user))
                .put("user_id", user.id())
                .put("organization_id", org.settings().id())
                .put("preferred_username", user.text("Username"))
                .put("nickname", user.text("CommunityNickname"))
                .put("name", user.text("Name"))
                .put("email", user.text("Email"))
                .put("email_verified", true)
                .put("given_name", user.text("FirstName"))
                .put("family_name", user.text("LastName"))
                .put("zoneinfo", user.text("TimeZoneSidKey"));
        common(page, org, baseUrl, user);
        Json.put(page, "updated_at", user.moment("LastModifiedDate"));
        return page;
    }

    static ObjectNode identity(Org org, String baseUrl, Row user) {
        ObjectNode page = Json.object()
                .put("id", url(org, baseUrl, user))
                .put("asserted_user", true)
                .put("user_id", user.id())
                .put("organization_id", org.settings().id())
                .put("username", user.text("Username"))
                .put("nick_name", user.text("CommunityNickname"))
                .put("display_name", user.text("Name"))
                .put("email", user.text("Email"))
                .put("email_verified", true)
                .put("first_name", user.text("FirstName"))
                .put("last_name", user.text("LastName"))
                .put("timezone", user.text("TimeZoneSidKey"));
        common(page, org, baseUrl, user);
        Json.put(page, "last_modified_date", user.moment("LastModifiedDate"));
        return page;
    }

    private static void common(ObjectNode page, Org org, String baseUrl, Row user) {
        String id = org.settings().id();
        page.putObject("urls")
                .put("enterprise", baseUrl + "/services/Soap/c/{version}/" + id)
                .put("partner", baseUrl + "/services/Soap/u/{version}/" + id)
                .put("rest", baseUrl + "/services/data/v{version}/")
                .put("sobjects", baseUrl + "/services/data/v{version}/sobjects/")
                .put("query", baseUrl + "/services/data/v{version}/query/")
                .put("custom_domain", baseUrl);
        page.put("active", user.flag("IsActive"))
                .put("user_type", user.text("UserType").toUpperCase(Locale.ROOT))
                .put("language", user.text("LanguageLocaleKey"))
                .put("locale", user.text("LocaleSidKey"));
    }

    private static String url(Org org, String baseUrl, Row user) {
        return baseUrl + "/id/" + org.settings().id() + "/" + user.id();
    }
}
