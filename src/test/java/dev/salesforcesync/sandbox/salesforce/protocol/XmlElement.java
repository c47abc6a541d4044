package dev.salesforcesync.sandbox.salesforce.protocol;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a SOAP request: local name, text, children. Namespaces are not looked at below the envelope. */
record XmlElement(String name, String namespace, boolean nil, String text, List<XmlElement> children) {
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final int MAX_DEPTH = 40;
    private static final XMLInputFactory FACTORY = factory();

    XmlElement {
        children = List.copyOf(children);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Reads a document; a DTD in it is an error. */
    static XmlElement parse(byte[] document) throws XMLStreamException {
        XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(decoded(document)));
        try {
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new XMLStreamException("DOCTYPE is not allowed");
                }
            }
            return element(reader, 0);
        } finally {
            reader.close();
        }
    }

    /** Every client sends UTF-8; bytes that are not would make the parser write to the console. */
    private static String decoded(byte[] document) throws XMLStreamException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new XMLStreamException("not UTF-8", e);
        }
    }

    private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("nested too deeply");
        }
        String name = reader.getLocalName();
        String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        String nil = reader.getAttributeValue(XSI, "nil");
        String text = "";
        List<XmlElement> children = List.of();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    children = children.isEmpty() ? new ArrayList<>() : children;
                    children.add(element(reader, depth + 1));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    text = text.isEmpty() ? reader.getText() : text + reader.getText();
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlElement(name, namespace, "true".equals(nil) || "1".equals(nil), text, children);
                }
                default -> {
                    // Comments and processing instructions say nothing here.
                }
            }
        }
    }

    Optional<XmlElement> child(String local) {
        return children.stream().filter(child -> child.name().equals(local)).findFirst();
    }

    List<XmlElement> all(String local) {
        return children.stream().filter(child -> child.name().equals(local)).toList();
    }

    /** The text of a child, empty when there is none. */
    String textOf(String local) {
        return child(local).map(XmlElement::text).map(String::strip).orElse("");
    }
}
