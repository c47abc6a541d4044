package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.ObjectType;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.ResultPage;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.Session;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Disturbance;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Kind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operations of the partner API do. */
final class SoapOperations {
    private static final int MAX_RETRIEVED = 2000;
    private static final int MAX_DESCRIBED = 100;

    private final Org org;
    private final Map<String, Operation> byName;

    /** The body of an answer, and what the journal says. */
    record Result(String body, CallOutcome outcome) {}

    /** One operation. */
    interface Operation {
        Result run(SoapMessage message, Session session, Disturbance disturbance);
    }

    SoapOperations(Org org) {
        this.org = org;
        this.byName = new HashMap<>(SoapRefusals.all());
        byName.putAll(Map.ofEntries(
                Map.entry("create", write(Kind.CREATE)),
                Map.entry("update", write(Kind.UPDATE)),
                Map.entry("upsert", write(Kind.UPSERT)),
                Map.entry("delete", write(Kind.DELETE)),
                Map.entry("query", this::query),
                Map.entry("queryAll", this::query),
                Map.entry("queryMore", this::queryMore),
                Map.entry("retrieve", this::retrieve),
                Map.entry("getUserInfo", this::getUserInfo),
                Map.entry("getServerTimestamp", this::getServerTimestamp),
                Map.entry("setPassword", this::setPassword),
                Map.entry("resetPassword", this::resetPassword),
                Map.entry("changeOwnPassword", this::changeOwnPassword),
                Map.entry("getUpdated", this::getUpdated),
                Map.entry("getDeleted", this::getDeleted),
                Map.entry("describeSObject", this::describe),
                Map.entry("describeSObjects", this::describe),
                Map.entry("describeGlobal", this::describeGlobal),
                Map.entry("invalidateSessions", this::invalidateSessions),
                Map.entry("logout", this::logout)));
    }

    Optional<Operation> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    static boolean isWrite(String name) {
        return switch (name) {
            case "create", "update", "upsert", "delete", "setPassword", "resetPassword", "changeOwnPassword" -> true;
            default -> false;
        };
    }

    /** The rows of a write, in the form the org takes. */
    List<InputRow> rows(SoapMessage message) {
        if (!message.operation().name().equals("delete")) {
            return message.rows();
        }
        var rows = new ArrayList<InputRow>();
        for (XmlElement id : message.operation().all("ids")) {
            String text = id.text().strip();
            String type = org.schema().types().stream()
                    .filter(known -> text.startsWith(known.keyPrefix()))
                    .map(ObjectType::name)
                    .findFirst()
                    .orElse("User");
            rows.add(new InputRow(type, Optional.of(text), Map.of()));
        }
        return rows;
    }

    private Operation write(Kind kind) {
        return (message, session, disturbance) -> {
            String key = kind == Kind.UPSERT ? message.operation().textOf("externalIDFieldName") : "Id";
            var request =
                    new WriteRequest(kind, key, rows(message), message.allOrNone(), message.mailsUsers(), disturbance);
            List<RowResult> results = org.write(session.userId(), request);
            return new Result(
                    SoapAnswers.saved(message.operation().name(), kind, results), CallOutcome.written(results));
        };
    }

    private Result query(SoapMessage message, Session session, Disturbance disturbance) {
        String soql = message.operation().textOf("queryString");
        return found(message, org.query(session.userId(), soql, message.batchSize()));
    }

    private Result queryMore(SoapMessage message, Session session, Disturbance disturbance) {
        String locator = message.operation().textOf("queryLocator");
        return found(message, org.queryMore(session.userId(), locator, message.batchSize()));
    }

    private static Result found(SoapMessage message, ResultPage page) {
        return new Result(
                SoapAnswers.found(message.operation().name(), page),
                CallOutcome.read(page.records().size()));
    }

    private Result retrieve(SoapMessage message, Session session, Disturbance disturbance) {
        ObjectType type = type(message.operation().textOf("sObjectType"));
        var fields = new ArrayList<String>();
        for (String field : message.operation().textOf("fieldList").split(",", -1)) {
            if (type.field(field.strip()).isEmpty()) {
                throw new ApiRefusal(
                        ErrorCode.INVALID_FIELD,
                        "No such column '" + field.strip() + "' on entity '" + type.name() + "'.");
            }
            fields.add(field.strip());
        }
        List<XmlElement> ids = message.operation().all("ids");
        if (ids.size() > MAX_RETRIEVED) {
            throw new ApiRefusal(ErrorCode.EXCEEDED_ID_LIMIT, "too many ids: " + ids.size());
        }
        List<Optional<Row>> rows = ids.stream()
                .map(id -> org.record(type.name(), id.text().strip()))
                .toList();
        return new Result(SoapAnswers.retrieved(rows, fields), CallOutcome.read(rows.size()));
    }

    private Result getUserInfo(SoapMessage message, Session session, Disturbance disturbance) {
        Row user = org.record("User", session.userId()).orElseThrow();
        var xml = new XmlWriter().open("getUserInfoResponse").open("result");
        SoapAnswers.userInfo(xml, org, user);
        return read(xml.close("result").close("getUserInfoResponse"));
    }

    private Result getServerTimestamp(SoapMessage message, Session session, Disturbance disturbance) {
        return read(new XmlWriter()
                .open("getServerTimestampResponse")
                .open("result")
                .element("timestamp", org.settings().clock().instant())
                .close("result")
                .close("getServerTimestampResponse"));
    }

    private Result setPassword(SoapMessage message, Session session, Disturbance disturbance) {
        String password =
                message.operation().child("password").map(XmlElement::text).orElse("");
        org.setPassword(session.userId(), message.operation().textOf("userId"), password);
        return read(new XmlWriter().raw("<setPasswordResponse><result/></setPasswordResponse>"));
    }

    private Result resetPassword(SoapMessage message, Session session, Disturbance disturbance) {
        String made = org.resetPassword(session.userId(), message.operation().textOf("userId"), message.mailsUsers());
        return read(new XmlWriter()
                .open("resetPasswordResponse")
                .open("result")
                .element("password", made)
                .close("result")
                .close("resetPasswordResponse"));
    }

    private Result changeOwnPassword(SoapMessage message, Session session, Disturbance disturbance) {
        XmlElement request = message.operation();
        org.changeOwnPassword(
                session.userId(),
                request.child("oldPassword").map(XmlElement::text).orElse(""),
                request.child("newPassword").map(XmlElement::text).orElse(""));
        return read(new XmlWriter().raw("<changeOwnPasswordResponse><result/></changeOwnPasswordResponse>"));
    }

    private Result getUpdated(SoapMessage message, Session session, Disturbance disturbance) {
        ObjectType type = type(message.operation().textOf("sObjectType"));
        var xml = new XmlWriter().open("getUpdatedResponse").open("result");
        List<String> ids = org.replication().updated(type, moment(message, "startDate"), moment(message, "endDate"));
        ids.forEach(id -> xml.element("ids", id));
        return read(xml.element("latestDateCovered", moment(message, "endDate"))
                .close("result")
                .close("getUpdatedResponse"));
    }

    private Result getDeleted(SoapMessage message, Session session, Disturbance disturbance) {
        ObjectType type = type(message.operation().textOf("sObjectType"));
        var xml = new XmlWriter().open("getDeletedResponse").open("result");
        org.replication()
                .deleted(type, moment(message, "startDate"), moment(message, "endDate"))
                .forEach(one -> xml.open("deletedRecords")
                        .element("deletedDate", one.at())
                        .element("id", one.id())
                        .close("deletedRecords"));
        return read(xml.element("earliestDateAvailable", org.replication().earliest())
                .element("latestDateCovered", moment(message, "endDate"))
                .close("result")
                .close("getDeletedResponse"));
    }

    private static Instant moment(SoapMessage message, String name) {
        try {
            return OffsetDateTime.parse(message.operation().textOf(name)).toInstant();
        } catch (DateTimeParseException e) {
            throw new ApiRefusal(ErrorCode.INVALID_REPLICATION_DATE, "not a date: " + name);
        }
    }

    private Result describe(SoapMessage message, Session session, Disturbance disturbance) {
        String answer = message.operation().name() + "Response";
        if (message.operation().all("sObjectType").size() > MAX_DESCRIBED) {
            // SOAP API guide, describeSObjects(): "up to 100"; the text is inferred.
            throw new ApiRefusal(ErrorCode.EXCEEDED_MAX_TYPES_LIMIT, "too many object types, 100 at most");
        }
        var xml = new XmlWriter().open(answer);
        for (XmlElement name : message.operation().all("sObjectType")) {
            xml.open("result");
            SoapDescribe.whole(xml, org.schema(), type(name.text().strip()));
            xml.close("result");
        }
        return read(xml.close(answer));
    }

    private Result describeGlobal(SoapMessage message, Session session, Disturbance disturbance) {
        var xml = new XmlWriter()
                .open("describeGlobalResponse")
                .open("result")
                .element("encoding", "UTF-8")
                .element("maxBatchSize", 200);
        org.schema().types().forEach(type -> {
            xml.open("sobjects");
            SoapDescribe.summary(xml, type);
            xml.close("sobjects");
        });
        return read(xml.close("result").close("describeGlobalResponse"));
    }

    private Result invalidateSessions(SoapMessage message, Session session, Disturbance disturbance) {
        var xml = new XmlWriter().open("invalidateSessionsResponse");
        for (XmlElement key : message.operation().all("sessionIds")) {
            xml.open("result")
                    .element("success", org.sessions().revoke(key.text().strip()))
                    .close("result");
        }
        return read(xml.close("invalidateSessionsResponse"));
    }

    private Result logout(SoapMessage message, Session session, Disturbance disturbance) {
        org.sessions().revoke(session.key());
        return read(new XmlWriter().raw("<logoutResponse/>"));
    }

    private static Result read(XmlWriter xml) {
        return new Result(xml.toString(), CallOutcome.read(1));
    }

    private ObjectType type(String name) {
        return org.schema()
                .find(name)
                .orElseThrow(
                        () -> new ApiRefusal(ErrorCode.INVALID_TYPE, "sObject type '" + name + "' is not supported."));
    }
}
