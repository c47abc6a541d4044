package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.soql.SoqlException;

/** Faults as the partner WSDL types them. */
final class SoapFault {
    private static final String FAULT_NAMESPACE = "urn:fault.partner.soap.sforce.com";

    private SoapFault() {}

    static Reply of(String code, String message, String limits) {
        return fault("sf:" + code, code + ": " + message, typeOf(code), code, message, "", limits);
    }

    static Reply of(SoqlException refusal, String limits) {
        String message = refusal.getMessage() == null ? "" : refusal.getMessage();
        String position = new XmlWriter()
                .element("sf:row", refusal.row())
                .element("sf:column", refusal.column())
                .toString();
        String code = refusal.code();
        return fault("sf:" + code, code + ": " + message, typeOf(code), code, message, position, limits);
    }

    /** The envelope itself was wrong: a fault without a code of the API. */
    static Reply client(String message, String limits) {
        var xml = new XmlWriter().element("faultcode", "soapenv:Client").element("faultstring", message);
        return Reply.xml(500, envelope(limits, xml.toString()));
    }

    private static Reply fault(
            String faultCode,
            String faultString,
            String type,
            String code,
            String message,
            String more,
            String limits) {
        var xml = new XmlWriter().element("faultcode", faultCode).element("faultstring", faultString);
        xml.open("detail")
                .open("sf:" + type + " xsi:type=\"sf:" + type + "\"")
                .element("sf:exceptionCode", code)
                .element("sf:exceptionMessage", message)
                .raw(more)
                .close("sf:" + type)
                .close("detail");
        return Reply.xml(500, envelope(limits, xml.toString()));
    }

    private static String envelope(String limits, String fault) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:sf=\""
                + FAULT_NAMESPACE + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">" + limits
                + "<soapenv:Body><soapenv:Fault>" + fault
                + "</soapenv:Fault></soapenv:Body></soapenv:Envelope>";
    }

    private static String typeOf(String code) {
        return switch (code) {
            case "MALFORMED_QUERY", "INVALID_QUERY_FILTER_OPERATOR" -> "MalformedQueryFault";
            case "INVALID_FIELD" -> "InvalidFieldFault";
            case "INVALID_TYPE" -> "InvalidSObjectFault";
            case "INVALID_QUERY_LOCATOR" -> "InvalidQueryLocatorFault";
            case "MALFORMED_ID" -> "InvalidIdFault";
            case "INVALID_LOGIN", "LOGIN_MUST_USE_SECURITY_TOKEN" -> "LoginFault";
            case "INVALID_OLD_PASSWORD" -> "InvalidOldPasswordFault";
            case "INVALID_NEW_PASSWORD" -> "InvalidNewPasswordFault";
            default -> "UnexpectedErrorFault";
        };
    }
}
