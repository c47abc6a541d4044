package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.ApiRefusal;
import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.CallOutcome;
import dev.salesforcesync.sandbox.salesforce.org.ErrorCode;
import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Journal;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.RowConcerned;
import dev.salesforcesync.sandbox.salesforce.org.Session;
import dev.salesforcesync.sandbox.salesforce.org.SignInAttempt;
import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/** /services/Soap/u/NN.N: the partner API. One URL for all operations; faults are HTTP 500. */
final class SoapEndpoint implements Endpoint, CallGate.Refusals {
    private static final Pattern URL = Pattern.compile("/services/Soap/u/(\\d{2})\\.0(/\\w+)?");
    private static final int OLDEST = 31;
    private static final int NEWEST = 68;
    /** The last version that has login(); help article 005132110. */
    private static final int LAST_WITH_LOGIN = 64;

    private static final String INVALID_LOGIN = "Invalid username, password, security token; or user locked out.";
    private static final String NEW_LOCATION = " Are you at a new location? When accessing Salesforce--either via a"
            + " desktop client or the API--from outside of your company’s trusted networks, you must add a security"
            + " token to your password to log in. To get your new security token, log in to Salesforce.";

    private final Org org;
    private final CallGate gate;
    private final SoapOperations operations;
    private final Supplier<String> baseUrl;
    /** Sessions of logins with a password that had expired. */
    private final Set<String> restricted = ConcurrentHashMap.newKeySet();

    SoapEndpoint(Org org, CallGate gate, Supplier<String> baseUrl) {
        this.org = org;
        this.gate = gate;
        this.operations = new SoapOperations(org);
        this.baseUrl = baseUrl;
    }

    @Override
    public Reply answer(Request request) {
        Matcher url = URL.matcher(request.path());
        int version = url.matches() ? Integer.parseInt(url.group(1)) : 0;
        if (version < OLDEST || version > NEWEST) {
            return SoapFault.of(
                    ErrorCode.UNSUPPORTED_API_VERSION.name(), "Invalid Api version specified on URL", limits());
        }
        SoapMessage message;
        try {
            message = SoapMessage.parse(request.body());
        } catch (XMLStreamException | IllegalArgumentException e) {
            return SoapFault.client("Unable to parse the request", limits());
        }
        String name = message.operation().name();
        if (name.equals("login")) {
            return login(message, version);
        }
        Optional<SoapOperations.Operation> operation = operations.find(name);
        if (operation.isEmpty()) {
            return SoapFault.client(
                    "No operation available for request {" + message.operation().namespace() + "}" + name
                            + ", please check the WSDL for the service.",
                    limits());
        }
        return gate.pass(call(message), message.sessionKey(), this, (session, disturbance) -> {
            requireUsablePassword(name, session);
            SoapOperations.Result result = operation.get().run(message, session, disturbance);
            return new CallGate.Done(Reply.xml(200, envelope(result.body())), result.outcome());
        });
    }

    private Call call(SoapMessage message) {
        String name = message.operation().name();
        List<InputRow> rows = operations.rows(message);
        boolean write = SoapOperations.isWrite(name);
        String type;
        if (!rows.isEmpty()) {
            type = rows.get(0).type();
        } else if (name.startsWith("query")) {
            type = QueryOptions.objectOf(message.operation().textOf("queryString"));
        } else {
            type = write ? "User" : message.operation().textOf("sObjectType");
        }
        int count = write && rows.isEmpty() ? 1 : rows.size();
        return new Call(
                "SOAP",
                name,
                type,
                count,
                write,
                message.facts(),
                write ? rows.stream().map(RowConcerned::of).toList() : List.of(),
                name.startsWith("query")
                        && QueryOptions.isLimited(message.operation().textOf("queryString")));
    }

    private Reply login(SoapMessage message, int version) {
        var call = new Call("SOAP", "login", "", 0, false, message.facts());
        if (version > LAST_WITH_LOGIN) {
            return refusedLogin(
                    call,
                    ErrorCode.INVALID_OPERATION,
                    "The SOAP Login operation is not available in the API version specified (" + version
                            + ".0). Refer to the documentation for supported versions.");
        }
        if (!org.settings().signIn().soapLogin()) {
            return refusedLogin(
                    call,
                    ErrorCode.INVALID_OPERATION,
                    "SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP"
                            + " API login().");
        }
        SignInAttempt attempt = org.attemptSignIn(
                message.operation().textOf("username"),
                message.operation().child("password").map(XmlElement::text).orElse(""));
        if (!(attempt instanceof SignInAttempt.In in)) {
            boolean token = attempt instanceof SignInAttempt.TokenMissing;
            return refusedLogin(
                    call,
                    token ? ErrorCode.LOGIN_MUST_USE_SECURITY_TOKEN : ErrorCode.INVALID_LOGIN,
                    token ? INVALID_LOGIN + NEW_LOCATION : INVALID_LOGIN);
        }
        Session session = org.sessions().open(in.user().id());
        if (in.passwordExpired()) {
            restricted.add(session.key());
        }
        org.journal(call, new CallOutcome(Journal.OK, 0, List.of(), Map.of()), true);
        String server = baseUrl.get() + "/services/Soap/u/" + version + ".0/"
                + org.settings().id().substring(0, 15);
        var xml = new XmlWriter().open("loginResponse").open("result");
        xml.element("metadataServerUrl", server.replace("/Soap/u/", "/Soap/m/"))
                .element("passwordExpired", in.passwordExpired())
                .element("sandbox", org.settings().sandbox())
                .element("serverUrl", server)
                .element("sessionId", session.key())
                .element("userId", session.userId())
                .open("userInfo");
        SoapAnswers.userInfo(xml, org, in.user());
        return Reply.xml(
                200,
                envelope(xml.close("userInfo")
                        .close("result")
                        .close("loginResponse")
                        .toString()));
    }

    private Reply refusedLogin(Call call, ErrorCode code, String text) {
        org.journal(call, CallOutcome.refused(code.name()), true);
        return SoapFault.of(code.name(), text, limits());
    }

    /** A session of a login with an expired password can do nothing but choose a new one. */
    private void requireUsablePassword(String operation, Session session) {
        boolean allowed = operation.equals("changeOwnPassword") || operation.equals("logout");
        if (!allowed && restricted.contains(session.key()) && org.isPasswordExpired(session.userId())) {
            throw new ApiRefusal(
                    ErrorCode.INVALID_OPERATION_WITH_EXPIRED_PASSWORD,
                    "The users password has expired you must call SetPassword before attempting any other API"
                            + " operations");
        }
    }

    private String envelope(String body) {
        String sobjects = body.contains("<sf:") ? " xmlns:sf=\"urn:sobject.partner.soap.sforce.com\"" : "";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns=\"urn:partner.soap.sforce.com\"" + sobjects
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">" + limits() + "<soapenv:Body>" + body
                + "</soapenv:Body></soapenv:Envelope>";
    }

    /** On every answer, setPassword's included. */
    private String limits() {
        return new XmlWriter()
                .raw("<soapenv:Header>")
                .open("LimitInfoHeader xmlns=\"urn:partner.soap.sforce.com\"")
                .open("limitInfo")
                .element("current", org.usage().used())
                .element("limit", org.usage().limit())
                .element("type", "API REQUESTS")
                .close("limitInfo")
                .close("LimitInfoHeader")
                .raw("</soapenv:Header>")
                .toString();
    }

    @Override
    public ApiRefusal noSession(String key) {
        return new ApiRefusal(
                ErrorCode.INVALID_SESSION_ID,
                "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key: "
                        + key + " This is expected, it can happen if the session has expired and swept away, or if the"
                        + " user logs out, or if its just someone trying to hack in. ");
    }

    @Override
    public Reply refused(ApiRefusal refusal) {
        return SoapFault.of(refusal.code().name(), refusal.text(), limits());
    }

    @Override
    public Reply refused(SoqlException refusal) {
        return SoapFault.of(refusal, limits());
    }
}
