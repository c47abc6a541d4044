package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * A SOAP request.
 *
 * @param operation the first child of the body
 * @param rows those of create, update and upsert
 */
record SoapMessage(List<XmlElement> headers, XmlElement operation, List<InputRow> rows) {
    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

    static SoapMessage parse(byte[] document) throws XMLStreamException {
        XmlElement envelope = XmlElement.parse(document);
        if (!envelope.name().equals("Envelope") || !envelope.namespace().equals(ENVELOPE)) {
            throw new XMLStreamException("not a SOAP 1.1 envelope");
        }
        XmlElement operation = envelope.child("Body")
                .flatMap(body -> body.children().stream().findFirst())
                .orElseThrow(() -> new XMLStreamException("empty body"));
        return new SoapMessage(
                envelope.child("Header").map(XmlElement::children).orElse(List.of()), operation, rows(operation));
    }

    private String header(String name, String child) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(header -> header.textOf(child))
                .findFirst()
                .orElse("");
    }

    String sessionKey() {
        return header("SessionHeader", "sessionId");
    }

    boolean allOrNone() {
        return header("AllOrNoneHeader", "allOrNone").equals("true");
    }

    /** Whether users are written to; no by default for the API (SOAP API guide, EmailHeader). */
    boolean mailsUsers() {
        return header("EmailHeader", "triggerUserEmail").equals("true");
    }

    int batchSize() {
        String size = header("QueryOptions", "batchSize");
        return QueryOptions.bounded(size.matches("\\d{1,6}") ? Integer.parseInt(size) : 2000);
    }

    /** The headers for the journal: "EmailHeader.triggerUserEmail" to "false". Never the session. */
    Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        for (XmlElement header : headers) {
            if (!header.name().equals("SessionHeader")) {
                header.children().stream()
                        .filter(child -> child.children().isEmpty())
                        .forEach(child -> facts.put(
                                header.name() + "." + child.name(), child.text().strip()));
            }
        }
        return facts;
    }

    private static List<InputRow> rows(XmlElement operation) {
        var rows = new ArrayList<InputRow>();
        for (XmlElement sobject : operation.all("sObjects")) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            Optional<String> id = Optional.empty();
            for (XmlElement child : sobject.children()) {
                switch (child.name()) {
                    case "type" -> {}
                    case "Id" -> id = Optional.of(child.text().strip()).filter(text -> !text.isEmpty());
                    case "fieldsToNull" -> fields.put(child.text().strip(), null);
                    default -> {
                        // An empty element says nothing: only fieldsToNull clears a field (SOAP API guide, sObject).
                        if (!child.children().isEmpty()) {
                            fields.put(child.name(), nested(child));
                        } else if (!child.nil() && !child.text().isEmpty()) {
                            fields.put(child.name(), child.text());
                        }
                    }
                }
            }
            rows.add(new InputRow(sobject.textOf("type"), id, fields));
        }
        return rows;
    }

    private static Map<String, Object> nested(XmlElement parent) {
        var fields = new LinkedHashMap<String, Object>();
        parent.children().stream()
                .filter(child -> !child.name().equals("type") && !child.text().isEmpty())
                .forEach(child -> fields.put(child.name(), child.text()));
        return fields;
    }
}
