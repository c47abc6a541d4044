package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.SkewedClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What people and time do to an org, as orders over HTTP:
 *
 * <ul>
 *   <li>/sandbox/edits {@code {"object": "User", "id": "005…", "fields": {"Title": "Queen"}}}: an administrator edits
 *       a record in the browser
 *   <li>/sandbox/confirmations {@code {"userId": "005…"}}: the user clicks the link in the mail
 *   <li>/sandbox/seats {@code {"licence": "Salesforce", "total": 10}}: a new contract
 *   <li>/sandbox/usage {@code {"calls": 1000}}: other programs use up API calls
 *   <li>/sandbox/sessions {@code {}}: an administrator ends all sessions
 *   <li>/sandbox/clock {@code {"aheadSeconds": -30}}: the org's clock is wrong
 * </ul>
 */
final class Hands {
    private static final String ROOT = "/sandbox/";
    private static final Set<String> ORDERS = Set.of("edits", "confirmations", "seats", "usage", "sessions", "clock");

    private final Org org;

    Hands(Org org) {
        this.org = org;
    }

    boolean reaches(String path) {
        return path.startsWith(ROOT) && ORDERS.contains(path.substring(ROOT.length()));
    }

    Reply act(String path, ObjectNode order) {
        ObjectNode answer = Json.object();
        switch (path.substring(ROOT.length())) {
            case "edits" -> {
                RowResult result = org.editAsHuman(
                        order.path("object").asText("User"),
                        order.path("id").asText(),
                        order.path("fields") instanceof ObjectNode fields ? Json.fields(fields) : Map.of());
                answer.put("success", result.success());
                result.errors().forEach(error -> answer.put("error", error.code()));
            }
            case "confirmations" ->
                answer.put("success", org.confirmEmail(order.path("userId").asText()));
            case "seats" ->
                org.setSeats(
                        order.path("licence").asText("Salesforce"),
                        order.path("total").asInt());
            case "usage" -> org.usage().add(order.path("calls").asInt());
            case "sessions" -> org.sessions().revokeAll();
            default -> clock(Duration.ofSeconds(order.path("aheadSeconds").asLong()));
        }
        return Reply.json(200, answer.toString());
    }

    private void clock(Duration ahead) {
        if (!(org.settings().clock() instanceof SkewedClock clock)) {
            throw new IllegalArgumentException("the clock of this org is not to be changed");
        }
        clock.skew(ahead);
    }
}
