package dev.salesforcesync.salesforce;

import java.util.List;
import java.util.Locale;

/** Which rule of an org's password policy a password broke, by the only thing that tells: Salesforce's text. */
final class PasswordRefusals {
    private static final List<Rule> RULES = List.of(
            new Rule("PasswordRepeated", "repeated"),
            new Rule("PasswordTooSoon", "24 hours"),
            new Rule("PasswordTooSoon", "only once"),
            new Rule("PasswordTooLong", "exceed"),
            new Rule("PasswordTooShort", "at least"),
            new Rule("PasswordTooShort", "too short"),
            new Rule("PasswordTooSimple", "must include"),
            new Rule("PasswordTooSimple", "must contain"),
            new Rule("PasswordTooSimple", "easy to guess"),
            new Rule("PasswordHoldsName", "username"));

    private PasswordRefusals() {}

    private record Rule(String word, String sign) {}

    static String word(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(rule -> lower.contains(rule.sign()))
                .map(Rule::word)
                .findFirst()
                .orElse(SalesforceReason.PASSWORD_REFUSED);
    }
}
