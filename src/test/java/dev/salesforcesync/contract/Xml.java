package dev.salesforcesync.contract;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An element of an answer, with its children in their order. */
record Xml(Element element) {
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    static Xml parse(String document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Xml(factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(document)))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("not XML", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The first child of the SOAP body. */
    Xml operation() {
        return at("Body").children().get(0);
    }

    /** The element that these local names lead to. */
    Xml at(String... path) {
        Xml here = this;
        for (String name : path) {
            Xml from = here;
            here = here.find(name)
                    .orElseThrow(() -> new AssertionError("no " + name + " among " + from.names() + " of "
                            + from.element().getLocalName()));
        }
        return here;
    }

    Optional<Xml> find(String name) {
        return children().stream().filter(child -> child.name().equals(name)).findFirst();
    }

    List<Xml> all(String name) {
        return children().stream().filter(child -> child.name().equals(name)).toList();
    }

    List<Xml> children() {
        var children = new ArrayList<Xml>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(new Xml(child));
            }
        }
        return children;
    }

    /** The local names of the children, in their order, repeated ones once each time. */
    List<String> names() {
        return children().stream().map(Xml::name).toList();
    }

    String name() {
        return element.getLocalName();
    }

    String namespace() {
        return Optional.ofNullable(element.getNamespaceURI()).orElse("");
    }

    String text() {
        return element.getTextContent();
    }

    boolean isNil() {
        return element.getAttributeNS(INSTANCE, "nil").equals("true");
    }

    /** The value of an attribute without a namespace; empty without one. */
    String attribute(String name) {
        return element.getAttribute(name);
    }

    /** The value of xsi:type; empty without one. */
    String type() {
        return element.getAttributeNS(INSTANCE, "type");
    }
}
