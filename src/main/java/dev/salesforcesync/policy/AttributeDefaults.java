package dev.salesforcesync.policy;

import dev.salesforcesync.policy.PolicyRules.Apply;
import java.util.List;
import java.util.Set;

/**
 * How fields come about that a policy does not mention.
 *
 * <p>Without any attribute rule, all of these hold. With some, only those that Salesforce requires for a new user stay,
 * and they are written on creation only: a policy answers for nothing that it did not name. Values that are too long for
 * the org are cut, and values that the org does not know fall back, since nobody chose them.
 */
final class AttributeDefaults {
    static final String USERNAME = "user.userPrincipalName.lower() + org.?usernameSuffix.orValue('')";

    /** Required by Salesforce on creation (Object Reference, User), beside Username and ProfileId. */
    static final Set<String> REQUIRED = Set.of(
            "LastName", "Email", "Alias", "TimeZoneSidKey", "LocaleSidKey", "EmailEncodingKey", "LanguageLocaleKey");

    static final List<Default> ALL = List.of(
            new Default("Alias", "user.sAMAccountName.foldDiacritics().left(8)", Apply.ON_CREATE, ""),
            new Default("CommunityNickname", "user.sAMAccountName.left(40)", Apply.ON_CREATE, ""),
            new Default("Department", "user.?department.orValue('')", Apply.ALWAYS, ""),
            new Default("Email", "user.?mail.or(user.?userPrincipalName).value()", Apply.ALWAYS, ""),
            new Default("EmailEncodingKey", "'UTF-8'", Apply.ON_CREATE, "UTF-8"),
            new Default("EmployeeNumber", "user.?employeeID.orValue('')", Apply.ALWAYS, ""),
            new Default("FirstName", "user.?givenName.orValue('')", Apply.ALWAYS, ""),
            new Default(
                    "LanguageLocaleKey",
                    "lookups.?languages[?user.?preferredLanguage.orValue('')].orValue('en_US')",
                    Apply.ON_CREATE,
                    "en_US"),
            new Default("LastName", "user.?sn.orValue('.')", Apply.ALWAYS, "."),
            new Default(
                    "LocaleSidKey",
                    "user.?preferredLanguage.optMap(l, l.replace('-', '_')).orValue('en_US')",
                    Apply.ON_CREATE,
                    "en_US"),
            new Default(
                    "TimeZoneSidKey",
                    "lookups.?timezones[?user.?l.orValue('')].orValue('America/Los_Angeles')",
                    Apply.ON_CREATE,
                    "America/Los_Angeles"));

    private AttributeDefaults() {}

    /**
     * One default.
     *
     * @param fallback what holds where the expression gives a value that the org does not know; empty for none
     */
    record Default(String field, String expression, Apply apply, String fallback) {
        /** A cut address is another address. */
        boolean lenient() {
            return !field.equals("Email");
        }
    }
}
