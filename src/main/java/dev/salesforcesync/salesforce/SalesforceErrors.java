package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what Salesforce says into the product's vocabulary. Salesforce's own text decides between lines of the table
 * and is then dropped, because it may hold names, addresses and session ids.
 */
final class SalesforceErrors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{2,79}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
    private static final Pattern LISTED_FIELDS = Pattern.compile("fields are missing: \\[([A-Za-z0-9_, ]{1,400})]");
    /** What userinfo answers, as plain text with 403, where REST answers INVALID_SESSION_ID. */
    private static final String BAD_TOKEN = "Bad_OAuth_Token";

    private static final Duration LATER = Duration.ofMinutes(5);

    /** Faults after which nothing can be said about what the call did. */
    private static final Set<String> LEAVES_DOUBT = Set.of(
            "UNKNOWN_EXCEPTION",
            "SERVER_UNAVAILABLE",
            "REQUEST_RUNNING_TOO_LONG",
            "INTERNAL_ERROR",
            "INTERNAL_SERVER_ERROR",
            "QUERY_TIMEOUT");

    /** Faults about what the call holds. */
    private static final Set<String> BLAMES_CONTENT = Set.of(
            "INVALID_FIELD",
            "MALFORMED_ID",
            "INVALID_NEW_PASSWORD",
            "EXCEEDED_ID_LIMIT",
            "EXCEEDED_MAX_SIZE_REQUEST",
            "DUPLICATE_VALUE",
            "INVALID_CROSS_REFERENCE_KEY");

    private SalesforceErrors() {}

    /** A row of an object that Salesforce refused. */
    static RowOutcome.Refused row(String object, String code, String text, List<String> named) {
        Optional<ErrorRule> rule = rule(object, code, text);
        List<String> fields = new ArrayList<>();
        named.stream().filter(field -> FIELD.matcher(field).matches()).forEach(fields::add);
        if (fields.isEmpty() && "REQUIRED_FIELD_MISSING".equals(code)) {
            fields.addAll(listedFields(text));
        }
        if (fields.isEmpty()) {
            rule.ifPresent(found -> fields.addAll(found.fields()));
        }
        return new RowOutcome.Refused(failure(rule, code), fields);
    }

    /** A whole call that Salesforce refused with an exception code, by SOAP or REST. */
    static Failure call(String code, String text) {
        return failure(rule("", code, text), code);
    }

    /** Whether a fault leaves open what the call did; unknown codes do. */
    static boolean leavesDoubt(String code) {
        return LEAVES_DOUBT.contains(code)
                || ErrorTable.RULES.stream().noneMatch(rule -> rule.code().equals(code));
    }

    /** Whether a fault is about the rows, not about us, the session or the load. */
    static boolean blamesContent(String code) {
        return BLAMES_CONTENT.contains(code);
    }

    /** The session is over; a new one helps. Some refusals that bear the same code are for ever. */
    static boolean sessionOver(String code, String text) {
        return "INVALID_SESSION_ID".equals(code)
                && rule("", code, text)
                        .filter(found -> found.reason().equals(SalesforceReason.SESSION_REJECTED))
                        .isPresent();
    }

    /** An error answer of the REST API. */
    static RestError rest(byte[] body) {
        if (new String(body, StandardCharsets.UTF_8).trim().equals(BAD_TOKEN)) {
            return new RestError("INVALID_SESSION_ID", "");
        }
        try {
            JsonNode first = JSON.readTree(body);
            if (first != null && first.isArray() && !first.isEmpty()) {
                first = first.get(0);
            }
            if (first != null && first.hasNonNull("errorCode")) {
                return new RestError(
                        first.get("errorCode").asText(), first.path("message").asText(""));
            }
        } catch (IOException unreadable) {
            return new RestError("", "");
        }
        return new RestError("", "");
    }

    /** The failure for an error answer of REST. */
    static Failure restFailure(int status, RestError error) {
        if (!error.code().isEmpty()) {
            return call(error.code(), error.text());
        }
        return status(status);
    }

    /** An answer that is no answer of the API, judged by its status alone. */
    static Failure status(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                new Failure.Terminal(
                        SalesforceReason.UNEXPECTED_REDIRECT,
                        "The address answers with a redirect. Set instanceUrl to the org's own My Domain address.");
            case 401 -> call("INVALID_SESSION_ID", "");
            case 403 -> new Failure.Terminal(SalesforceReason.PERMISSIONS_INSUFFICIENT, ErrorTable.PERMISSIONS);
            case 404 -> call("NOT_FOUND", "");
            case 407 ->
                new Failure.Terminal(
                        SalesforceReason.PROXY_AUTHENTICATION_REQUIRED,
                        "The proxy asks for credentials, or rejects those given. Correct proxy.credentialsSecretRef.");
            case 410 -> call("UNSUPPORTED_API_VERSION", "");
            case 413, 414, 431 -> call("EXCEEDED_MAX_SIZE_REQUEST", "");
            case 429 -> call("REQUEST_LIMIT_EXCEEDED", "concurrent");
            case 500, 502, 503, 504 -> call("SERVER_UNAVAILABLE", "");
            default -> NetworkErrors.unreadable();
        };
    }

    private static Optional<ErrorRule> rule(String object, String code, String text) {
        return ErrorTable.RULES.stream()
                .filter(rule -> rule.matches(object, code, text))
                .findFirst();
    }

    private static Failure failure(Optional<ErrorRule> rule, String code) {
        if (rule.isPresent()) {
            return rule.get().failure();
        }
        String named = CODE.matcher(code).matches() ? " " + code : "";
        return new Failure.Transient(
                SalesforceReason.UNCLASSIFIED,
                "Salesforce answers with an error" + named + " that has no remedy here yet. It is tried again.",
                LATER);
    }

    private static List<String> listedFields(String text) {
        Matcher listed = LISTED_FIELDS.matcher(text);
        if (!listed.find()) {
            return List.of();
        }
        return Pattern.compile("[, ]+")
                .splitAsStream(listed.group(1))
                .filter(field -> FIELD.matcher(field).matches())
                .toList();
    }

    /** What a REST answer says went wrong; empty strings where it does not say. */
    record RestError(String code, String text) {
        /** Never shows the text. */
        @Override
        public String toString() {
            return "RestError[" + code + "]";
        }
    }
}
