package dev.salesforcesync.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the operator's own metrics, as Prometheus would. */
record Scrape(int port) {
    private static final Pattern PHASE =
            Pattern.compile("salesforcesync_phase_duration_seconds_sum\\{phase=\"(\\w+)\"\\} (\\S+)");
    private static final Pattern WRITTEN =
            Pattern.compile("salesforcesync_actions_total\\{action=\"(\\w+)\",result=\"written\"\\} (\\S+)");

    /** Time spent in each phase of all comparisons so far. */
    Map<String, Duration> phases() {
        Map<String, Duration> phases = new TreeMap<>();
        Matcher found = PHASE.matcher(text());
        while (found.find()) {
            phases.put(found.group(1), Duration.ofMillis((long) (Double.parseDouble(found.group(2)) * 1000)));
        }
        return phases;
    }

    /** Actions that Salesforce confirmed so far, by action. */
    Map<String, Integer> written() {
        Map<String, Integer> written = new TreeMap<>();
        Matcher found = WRITTEN.matcher(text());
        while (found.find()) {
            written.put(found.group(1), (int) Double.parseDouble(found.group(2)));
        }
        return written;
    }

    private String text() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
