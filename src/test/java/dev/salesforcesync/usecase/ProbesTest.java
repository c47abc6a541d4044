package dev.salesforcesync.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a kubelet asks, and lives or restarts by. */
class ProbesTest {

    @Test
    void aRunningOperatorIsAliveAndReadyAndTellsMetrics() throws Exception {
        try (Scene scene = new Scene()) {
            assertThat(get(scene, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(scene, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(scene, "/metrics").body()).contains("salesforcesync_leader 1", "salesforcesync_build_info");
        }
    }

    private static HttpResponse<String> get(Scene scene, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + scene.operator().port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
