package dev.salesforcesync.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain HTTP to one org: OAuth, REST and SOAP as they are on the wire, with nothing of ours in between. */
final class Wire {
    static final String VERSION = "65.0";
    static final String DATA = "/services/data/v" + VERSION;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI org;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private Wire(URI org, String token) {
        this.org = org;
        this.token = token;
    }

    /** Status, headers and body of an answer. */
    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Xml xml() {
            return Xml.parse(response.body());
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The error of a refused REST call: "400 CODE: text". */
        String refusal() {
            JsonNode first = json().path(0);
            return status + " " + first.path("errorCode").asText() + ": "
                    + first.path("message").asText();
        }

        /** The error of a refused OAuth request: "400 error: description". */
        String oauthRefusal() {
            return status + " " + json().path("error").asText() + ": "
                    + json().path("error_description").asText();
        }
    }

    static Wire to(URI org) {
        return new Wire(org, "");
    }

    /** The same way with this session. */
    Wire as(String session) {
        return new Wire(org, session);
    }

    String session() {
        return token;
    }

    /** The request for a token by client credentials. */
    Answer clientCredentials(String id, String secret) {
        return form(
                "/services/oauth2/token",
                Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret));
    }

    Answer form(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer get(String path, String... headers) {
        HttpRequest.Builder request = signed(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer call(String method, String path, Object body) {
        try {
            return send(signed(path)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer delete(String path) {
        return send(signed(path).DELETE());
    }

    Answer query(String soql, String... headers) {
        return get(DATA + "/query?q=" + encode(soql), headers);
    }

    /** The records of a query of one page. */
    List<JsonNode> records(String soql) {
        var records = new ArrayList<JsonNode>();
        query(soql).json().path("records").forEach(records::add);
        return records;
    }

    /** A SOAP request with this body, in the session of this wire. */
    Answer soap(String version, String body) {
        return soap(version, envelope(body).getBytes(StandardCharsets.UTF_8));
    }

    /** A SOAP request whose bytes are given, labelled with these headers. */
    Answer soap(String version, byte[] envelope, String... headers) {
        HttpRequest.Builder request = request("/services/Soap/u/" + version)
                .header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"\"")
                .POST(HttpRequest.BodyPublishers.ofByteArray(envelope));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    String envelope(String body) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns=\"urn:partner.soap.sforce.com\" xmlns:s=\"urn:sobject.partner.soap.sforce.com\">"
                + "<e:Header><SessionHeader><sessionId>" + Xml.escape(token) + "</sessionId></SessionHeader>"
                + "<EmailHeader><triggerAutoResponseEmail>false</triggerAutoResponseEmail>"
                + "<triggerOtherEmail>false</triggerOtherEmail><triggerUserEmail>false</triggerUserEmail>"
                + "</EmailHeader></e:Header><e:Body>" + body + "</e:Body></e:Envelope>";
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder signed(String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(org.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
