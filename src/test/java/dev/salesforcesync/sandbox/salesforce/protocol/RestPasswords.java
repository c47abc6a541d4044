package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** /sobjects/User/{id}/password: one password per request (REST API guide, sObject User Password). */
final class RestPasswords implements RestResource {
    private static final Pattern PASSWORD = Pattern.compile("/sobjects/User/(\\w{15}|\\w{18})/password");

    private final Org org;

    RestPasswords(Org org) {
        this.org = org;
    }

    @Override
    public Optional<Handler> find(String method, String path) {
        Matcher matcher = PASSWORD.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String userId = matcher.group(1);
        return switch (method) {
            case "GET" -> RestResource.handler("isPasswordExpired", "User", 0, context -> show(userId));
            case "POST" -> RestResource.handler("setPassword", "User", 1, context -> set(userId, context));
            case "DELETE" -> RestResource.handler("resetPassword", "User", 1, context -> reset(userId, context));
            default -> Optional.empty();
        };
    }

    private CallGate.Done show(String userId) {
        requireUser(userId);
        ObjectNode body = Json.object().put("isExpired", org.isPasswordExpired(userId));
        return new CallGate.Done(Reply.json(200, body.toString()), CallOutcome.read(1));
    }

    private CallGate.Done set(String userId, Context context) {
        requireUser(userId);
        ObjectNode body = Json.parse(context.request().text());
        org.setPassword(
                context.session().userId(), userId, body.path("NewPassword").asText(""));
        return new CallGate.Done(Reply.empty(204), CallOutcome.read(1));
    }

    private CallGate.Done reset(String userId, Context context) {
        requireUser(userId);
        String made = org.resetPassword(context.session().userId(), userId, true);
        ObjectNode body = Json.object().put("NewPassword", made);
        return new CallGate.Done(Reply.json(200, body.toString()), CallOutcome.read(1));
    }

    private void requireUser(String userId) {
        if (org.record("User", userId).isEmpty()) {
            throw new ApiRefusal(ErrorCode.NOT_FOUND, "The requested resource does not exist");
        }
    }
}
