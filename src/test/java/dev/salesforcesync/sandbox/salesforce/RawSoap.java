package dev.salesforcesync.sandbox.salesforce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** SOAP envelopes written by hand, for what WSC would not send and for measurements without its cost. */
final class RawSoap {
    private RawSoap() {}

    static String envelope(String token, String headers, String operation) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope"
                + " xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:partner.soap.sforce.com\""
                + " xmlns:sobj=\"urn:sobject.partner.soap.sforce.com\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><e:Header><SessionHeader><sessionId>" + token
                + "</sessionId></SessionHeader>" + headers + "</e:Header><e:Body>" + operation
                + "</e:Body></e:Envelope>";
    }

    static String create(String token, List<? extends Map<String, ? extends @Nullable Object>> users) {
        var rows = new StringBuilder("<create>");
        for (Map<String, ? extends @Nullable Object> user : users) {
            rows.append("<sObjects><sobj:type xsi:type=\"xsd:string\">User</sobj:type>");
            user.forEach((field, value) -> rows.append("<sobj:")
                    .append(field)
                    .append(" xsi:type=\"xsd:string\">")
                    .append(value)
                    .append("</sobj:")
                    .append(field)
                    .append('>'));
            rows.append("</sObjects>");
        }
        return envelope(token, "", rows.append("</create>").toString());
    }

    static HttpRequest zipped(SalesforceOrgServer server, String envelope) {
        return post(server, "65.0")
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip(envelope)))
                .build();
    }

    static HttpRequest.Builder post(SalesforceOrgServer server, String version) {
        return HttpRequest.newBuilder(URI.create(server.soapUrl(version)))
                .header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"\"");
    }

    static byte[] zip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
