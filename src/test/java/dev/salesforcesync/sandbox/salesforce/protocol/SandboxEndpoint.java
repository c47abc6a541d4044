package dev.salesforcesync.sandbox.salesforce.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.List;

/**
 * What a real org does not have: /sandbox/journal (?since=N), /sandbox/state (?objects=User,Profile, all by
 * default) and /sandbox/faults (POST to order, DELETE to forget), as JSON, for people and programs that look on; and
 * what people do to an org, see {@link Hands}.
 */
final class SandboxEndpoint implements Endpoint {
    private final Org org;

    private final Hands hands;

    SandboxEndpoint(Org org) {
        this.org = org;
        this.hands = new Hands(org);
    }

    @Override
    public Reply answer(Request request) {
        try {
            return switch (request.path()) {
                case "/sandbox/journal" -> journal(request);
                case "/sandbox/state" -> state(request);
                case "/sandbox/faults" -> faults(request);
                default ->
                    request.method().equals("POST") && hands.reaches(request.path())
                            ? hands.act(request.path(), Json.parse(request.text()))
                            : Reply.html(404, "No such page of the sandbox");
            };
        } catch (ApiRefusal | IllegalArgumentException e) {
            return Reply.json(
                    400,
                    Json.object().put("error", String.valueOf(e.getMessage())).toString());
        }
    }

    private Reply faults(Request request) {
        if (request.method().equals("DELETE")) {
            org.faults().clear();
        } else if (request.method().equals("POST")) {
            FaultOrder.place(Json.parse(request.text()), org.faults());
        }
        return Reply.json(
                200, Json.object().put("pending", org.faults().pending()).toString());
    }

    private Reply journal(Request request) {
        String since = request.parameter("since")
                .filter(text -> text.matches("\\d{1,18}"))
                .orElse("0");
        Journal journal = org.journal();
        ObjectNode body = Json.object()
                .put("last", journal.last())
                .put("writeCalls", journal.writeCalls())
                .put("apiUsage", org.usage().used())
                .put("apiLimit", org.usage().limit());
        ObjectNode counts = body.putObject("counts");
        journal.counts().forEach(counts::put);
        ArrayNode entries = body.putArray("entries");
        journal.since(Long.parseLong(since)).forEach(entry -> entries.add(entry(entry)));
        return Reply.json(200, body.toString());
    }

    private static ObjectNode entry(Journal.Entry entry) {
        ObjectNode node = Json.object()
                .put("number", entry.number())
                .put("at", entry.at().toString())
                .put("protocol", entry.call().protocol())
                .put("operation", entry.call().operation())
                .put("object", entry.call().objectType())
                .put("rows", entry.call().rows())
                .put("okRows", entry.okRows())
                .put("write", entry.call().write())
                .put("outcome", entry.outcome())
                .put("answered", entry.answered());
        ObjectNode errors = node.putObject("errors");
        entry.errors().forEach(errors::put);
        ObjectNode headers = node.putObject("headers");
        entry.call().headers().forEach(headers::put);
        return node;
    }

    private Reply state(Request request) {
        List<String> wanted = request.parameter("objects")
                .map(list -> List.of(list.split(",", -1)))
                .orElse(List.of());
        ObjectNode body = Json.object()
                .put("organizationId", org.settings().id())
                .put("organizationName", org.settings().name());
        body.put("openSessions", org.sessions().size());
        ObjectNode pending = body.putObject("pendingEmails");
        org.pendingEmails().forEach(pending::put);
        ArrayNode mails = body.putArray("mails");
        org.mails()
                .sent()
                .forEach(mail -> mails.addObject()
                        .put("at", mail.at().toString())
                        .put("kind", mail.kind().name())
                        .put("userId", mail.userId())
                        .put("address", mail.address()));
        ObjectNode counts = body.putObject("counts");
        ObjectNode objects = body.putObject("objects");
        for (ObjectType type : org.schema().types()) {
            counts.put(type.name(), org.count(type.name()));
            if (wanted.isEmpty() || wanted.contains(type.name())) {
                ArrayNode rows = objects.putArray(type.name());
                org.records(type.name()).forEach(row -> {
                    ObjectNode node = rows.addObject();
                    row.asMap().forEach((field, value) -> Json.put(node, field, value));
                });
            }
        }
        return Reply.json(200, body.toString());
    }
}
