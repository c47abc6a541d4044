package dev.salesforcesync.sandbox.salesforce;

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
import java.util.Map;
import java.util.stream.Collectors;

/** A plain HTTP client of the org of a test; it signs in when it is first used. */
final class RestClient {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String DATA = "/services/data/v65.0";

    private final SalesforceOrgServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private String token = "";

    RestClient(SalesforceOrgServer server) {
        this.server = server;
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

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    String token() {
        if (token.isEmpty()) {
            var settings = server.org().settings();
            Answer answer = form(
                    "/services/oauth2/token",
                    Map.of(
                            "grant_type", "client_credentials",
                            "client_id", settings.clientId(),
                            "client_secret", settings.clientSecret()));
            token = answer.json().path("access_token").asText();
        }
        return token;
    }

    Answer form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer query(String soql) {
        return get(DATA + "/query?q=" + encode(soql));
    }

    Answer get(String path) {
        return send(signed(path).GET());
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

    HttpRequest.Builder signed(String path) {
        return request(path).header("Authorization", "Bearer " + token());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).timeout(Duration.ofSeconds(10));
    }

    Answer send(HttpRequest.Builder request) {
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

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
