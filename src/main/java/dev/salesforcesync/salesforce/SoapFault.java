package dev.salesforcesync.salesforce;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The fault in a SOAP answer, read from its bytes. WSC's own reading loses faults whose code its enumeration does not
 * know, and wants a fixed order of elements.
 *
 * @param code without a prefix; real servers send sf:INVALID_SESSION_ID, recordings also show INVALID_LOGIN bare
 */
record SoapFault(String code, String text) {
    private static final XMLInputFactory XML = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The fault, if the whole answer is well-formed and is one. */
    static Optional<SoapFault> in(byte[] body) {
        String code = "";
        String text = "";
        boolean fault = false;
        try {
            XMLStreamReader xml;
            synchronized (XML) {
                xml = XML.createXMLStreamReader(new ByteArrayInputStream(body));
            }
            StringBuilder value = new StringBuilder();
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        value.setLength(0);
                        fault |= xml.getLocalName().equals("Fault");
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> value.append(xml.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        String name = xml.getLocalName();
                        if (fault && (name.equals("faultcode") || (name.equals("exceptionCode") && code.isEmpty()))) {
                            code = local(value.toString().trim());
                        } else if (fault && name.equals("faultstring")) {
                            text = value.toString().trim();
                        }
                        value.setLength(0);
                    }
                    case XMLStreamConstants.DTD -> {
                        return Optional.empty();
                    }
                    default -> {}
                }
            }
            xml.close();
        } catch (XMLStreamException notXml) {
            return Optional.empty();
        }
        return fault && !code.isEmpty() ? Optional.of(new SoapFault(code, text)) : Optional.empty();
    }

    private static String local(String code) {
        return code.substring(code.indexOf(':') + 1);
    }

    /** Never shows the text: Salesforce puts session ids into it. */
    @Override
    public String toString() {
        return "SoapFault[" + code + "]";
    }
}
