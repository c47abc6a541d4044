package dev.salesforcesync.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.salesforcesync.benchmark.RecordingDoor.Recorded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Sends to an org what the operator sent to another one like it, as fast as this machine can. */
final class BareOrg {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SESSION = Pattern.compile("(sessionId[^>]*>)[^<]*<");
    private static final Pattern WRITE =
            Pattern.compile("<(?:\\w+:)?(create|update|upsert|delete)[ >].*?(?:type[^>]*>(\\w+)<|$)", Pattern.DOTALL);
    private static final Pattern NEXT = Pattern.compile("\"nextRecordsUrl\"\\s*:\\s*\"([^\"]+)\"");
    private static final int OPERATORS_CALLS_AT_ONCE = 4;

    private final RunningOrg org;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    /** Signs in. */
    BareOrg(RunningOrg org) {
        this.org = org;
        HttpRequest request = HttpRequest.newBuilder(URI.create(org.url() + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=" + org.clientId()
                        + "&client_secret=" + org.clientSecret()))
                .build();
        this.token = json(send(request)).path("access_token").asText();
    }

    /** Writes ready to be sent, by passes: one must be over before the next begins. */
    record Passes(List<List<HttpRequest>> passes) {
        int calls() {
            return passes.stream().mapToInt(List::size).sum();
        }
    }

    /** Takes the writes out of what was recorded. */
    Passes prepare(List<Recorded> recorded) {
        Map<String, List<HttpRequest>> passes = new LinkedHashMap<>();
        for (Recorded one : recorded) {
            if (one.uri().startsWith("/services/Soap/u/")) {
                Matcher write = WRITE.matcher(one.body());
                if (write.find()) {
                    String mine =
                            SESSION.matcher(one.body()).replaceFirst("$1" + Matcher.quoteReplacement(token) + "<");
                    passes.computeIfAbsent(write.group(1) + write.group(2), any -> new ArrayList<>())
                            .add(HttpRequest.newBuilder(URI.create(org.url() + one.uri()))
                                    .header("Content-Type", "text/xml; charset=UTF-8")
                                    .header("Content-Encoding", "gzip")
                                    .header("Accept-Encoding", "gzip")
                                    .header("SOAPAction", "\"\"")
                                    .POST(BodyPublishers.ofByteArray(zip(mine)))
                                    .build());
                }
            }
        }
        return new Passes(List.copyOf(passes.values()));
    }

    /** Sends them, as many at once as the operator does. */
    int write(Passes passes) {
        ExecutorService workers = Executors.newFixedThreadPool(OPERATORS_CALLS_AT_ONCE);
        try {
            for (List<HttpRequest> pass : passes.passes()) {
                List<CompletableFuture<byte[]>> calls = pass.stream()
                        .map(request -> CompletableFuture.supplyAsync(() -> send(request), workers))
                        .toList();
                calls.forEach(CompletableFuture::join);
            }
            return passes.calls();
        } finally {
            workers.shutdown();
        }
    }

    /** Makes the queries that were recorded, page after page; how many calls that were. */
    int read(List<Recorded> recorded) {
        int calls = 0;
        for (Recorded one : recorded) {
            if (one.uri().contains("/query?") || one.uri().contains("/query/?")) {
                String next = one.uri();
                while (!next.isEmpty()) {
                    byte[] page = get(next);
                    calls++;
                    next = next(page);
                }
            }
        }
        return calls;
    }

    /** The address of the next page stands before or after the records: found without reading those. */
    private static String next(byte[] page) {
        int edge = Math.min(page.length, 400);
        for (int from : new int[] {0, page.length - edge}) {
            Matcher matcher = NEXT.matcher(new String(page, from, edge, StandardCharsets.UTF_8));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return "";
    }

    byte[] get(String path) {
        return send(HttpRequest.newBuilder(URI.create(org.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Encoding", "gzip")
                .header("Sforce-Query-Options", "batchSize=2000")
                .build());
    }

    /** Creates or changes one record by REST. */
    void sendRow(String method, String path, Map<String, String> row) {
        try {
            send(HttpRequest.newBuilder(URI.create(org.url() + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(row)))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        request.uri().getPath() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            boolean zipped = answer.headers().firstValue("Content-Encoding").isPresent();
            return zipped ? unzip(answer.body()) : answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] unzip(byte[] body) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
