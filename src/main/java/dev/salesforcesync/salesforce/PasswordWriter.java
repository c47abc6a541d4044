package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.salesforce.SalesforceErrors.RestError;
import dev.salesforcesync.salesforce.SalesforceOrg.NewPassword;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets and resets passwords by REST, several in one call where the org takes that (REST API Developer Guide, "sObject User
 * Password" and "Composite": up to 25 parts, each answered for itself). A password is bytes all the way and is wiped from
 * what was sent.
 */
final class PasswordWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PART = "p";

    private final RestApi rest;
    private volatile boolean composite = true;

    PasswordWriter(RestApi rest) {
        this.rest = rest;
    }

    /** Sets passwords; one outcome per password, in order. */
    List<RowOutcome> set(List<NewPassword> passwords) {
        if (passwords.size() > 1 && composite) {
            return together(passwords);
        }
        return passwords.stream().map(this::alone).toList();
    }

    private RowOutcome alone(NewPassword password) {
        Body body = new Body();
        body.text("{\"NewPassword\":\"").escaped(password.secret()).text("\"}");
        return outcome(password.user(), send("setPassword", "/sobjects/User/" + password.user() + "/password", body));
    }

    private List<RowOutcome> together(List<NewPassword> passwords) {
        Body body = new Body();
        body.text("{\"allOrNone\":false,\"compositeRequest\":[");
        for (int i = 0; i < passwords.size(); i++) {
            body.text((i == 0 ? "" : ",") + "{\"method\":\"POST\",\"referenceId\":\"" + PART + i + "\",\"url\":\""
                            + rest.path("/sobjects/User/" + passwords.get(i).user() + "/password")
                            + "\",\"body\":{\"NewPassword\":\"")
                    .escaped(passwords.get(i).secret())
                    .text("\"}}");
        }
        Delivery delivery = send("setPasswords", "/composite", body.text("]}"));
        if (delivery instanceof Delivery.Answered answered && answered.ok()) {
            return parts(passwords, answered.body());
        }
        RowOutcome all = outcome(passwords.get(0).user(), delivery);
        if (all instanceof RowOutcome.Refused) {
            // The org does not take passwords in parts of a call; nothing of it was done.
            composite = false;
            return set(passwords);
        }
        return passwords.stream().map(any -> all).toList();
    }

    private Delivery send(String operation, String path, Body body) {
        byte[] sent = body.toByteArray();
        body.wipe();
        try {
            return rest.post(operation, path, sent);
        } finally {
            Arrays.fill(sent, (byte) 0);
        }
    }

    private static List<RowOutcome> parts(List<NewPassword> passwords, byte[] body) {
        Map<String, JsonNode> answers = new HashMap<>();
        try {
            for (JsonNode part : JSON.readTree(body).path("compositeResponse")) {
                answers.put(part.path("referenceId").asText(""), part);
            }
        } catch (IOException unreadable) {
            answers.clear();
        }
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < passwords.size(); i++) {
            JsonNode part = answers.get(PART + i);
            outcomes.add(
                    part == null
                            ? new RowOutcome.Unknown(NetworkErrors.unreadable())
                            : outcome(
                                    passwords.get(i).user(),
                                    part.path("httpStatusCode").asInt(),
                                    part.path("body").toString().getBytes(StandardCharsets.UTF_8)));
        }
        return outcomes;
    }

    /** Has a new password made and the mail sent; the answer, which holds that password, is not looked at. */
    RowOutcome mailReset(SalesforceId user) {
        Body body = new Body();
        body.text("{\"allOrNone\":false,\"compositeRequest\":[{\"method\":\"DELETE\",\"referenceId\":\"" + PART
                + "0\",\"url\":\"" + rest.path("/sobjects/User/" + user + "/password") + "\"}]}");
        Delivery delivery = send("resetPassword", "/composite", body);
        if (!(delivery instanceof Delivery.Answered answered) || !answered.ok()) {
            return outcome(user, delivery);
        }
        RowOutcome outcome = parts(List.of(new NewPassword(user, new byte[0])), answered.body())
                .get(0);
        Arrays.fill(answered.body(), (byte) 0);
        return outcome;
    }

    private static RowOutcome outcome(SalesforceId user, Delivery delivery) {
        if (delivery instanceof Delivery.Lost lost) {
            return new RowOutcome.Unknown(lost.failure());
        }
        return delivery instanceof Delivery.Undelivered undelivered
                ? new RowOutcome.NotSent(undelivered.failure())
                : outcome(user, ((Delivery.Answered) delivery).status(), ((Delivery.Answered) delivery).body());
    }

    private static RowOutcome outcome(SalesforceId user, int status, byte[] body) {
        if (status >= 200 && status < 300) {
            return new RowOutcome.Written(user);
        }
        RestError error = SalesforceErrors.rest(body);
        Failure failure = SalesforceErrors.restFailure(status, error);
        if (status >= 500 && SalesforceErrors.leavesDoubt(error.code())) {
            return new RowOutcome.Unknown(failure);
        }
        if (failure instanceof Failure.Transient) {
            return new RowOutcome.NotSent(failure);
        }
        return new RowOutcome.Refused(
                error.code().equals("INVALID_NEW_PASSWORD")
                        ? new Failure.Terminal(PasswordRefusals.word(error.text()), failure.message())
                        : failure,
                List.of());
    }

    /** JSON in bytes that can be wiped. */
    private static final class Body extends ByteArrayOutputStream {
        Body text(String text) {
            writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /** UTF-8 inside a JSON string (RFC 8259, section 7). */
        Body escaped(byte[] utf8) {
            for (byte one : utf8) {
                if (one == '"' || one == '\\') {
                    write('\\');
                    write(one);
                } else if (one >= 0 && one < 0x20) {
                    text(String.format("\\u%04x", one));
                } else {
                    write(one);
                }
            }
            return this;
        }

        /** Grown in place, what was outgrown would be left behind: room for all of it is there from the start. */
        Body() {
            super(64 * 1024);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
