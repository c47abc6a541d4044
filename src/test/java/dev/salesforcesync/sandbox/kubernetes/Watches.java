package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Turns the mock's events into those of a real server: nothing that the client has seen already, only what its
 * selectors match, and rows instead of objects where it asked for a table.
 */
final class Watches {

    record Target(ServedKind kind, ResourcePath path) {}

    private Watches() {}

    /** The mock's listener for a watch, wrapped so that what it sends is translated first. */
    static WebSocketListener open(ObjectStore store, Target target, ApiRequest request) {
        String name = target.path().name().isEmpty()
                ? nameSelected(request)
                : target.path().name();
        return new Translated(
                store.watch(target.kind(), target.path().namespace(), name), new Translation(target.kind(), request));
    }

    private static String nameSelected(ApiRequest request) {
        String prefix = "metadata.name=";
        String selector = request.parameter("fieldSelector");
        return selector.startsWith(prefix) && !selector.contains(",") ? selector.substring(prefix.length()) : "";
    }

    private static final class Translation {

        private final ServedKind kind;
        private final ApiRequest request;
        private final Predicate<JsonNode> selected;
        private final long seen;

        Translation(ServedKind kind, ApiRequest request) {
            this.kind = kind;
            this.request = request;
            this.selected = Selectors.of(request);
            this.seen = version(request.parameter("resourceVersion"));
        }

        /** The event to send, empty if the client must not see it. */
        Optional<String> of(String text) {
            ObjectNode event = Json.parseObject(text);
            JsonNode object = event.path("object");
            boolean known = Json.text(event, "type").equals("ADDED")
                    && version(Json.text(object, "metadata", "resourceVersion")) <= seen;
            if (known || !selected.test(object)) {
                return Optional.empty();
            }
            if (request.wantsTable()) {
                event.set(
                        "object",
                        Tables.of(
                                kind,
                                List.of(object),
                                Json.text(object, "metadata", "resourceVersion"),
                                request.wantsWholeObjects(),
                                Instant.now()));
            }
            return Optional.of(event.toString());
        }

        private static long version(String text) {
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        }
    }

    private static final class Translated extends WebSocketListener {

        private final WebSocketListener mock;
        private final Translation translation;

        Translated(WebSocketListener mock, Translation translation) {
            this.mock = mock;
            this.translation = translation;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            mock.onOpen(new TranslatingSocket(socket, translation), response);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            mock.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            mock.onClosed(socket, code, reason);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable cause, Response response) {
            mock.onFailure(socket, cause, response);
        }
    }

    private record TranslatingSocket(WebSocket socket, Translation translation) implements WebSocket {

        @Override
        public RecordedRequest request() {
            return socket.request();
        }

        @Override
        public boolean send(String text) {
            return translation.of(text).map(socket::send).orElse(true);
        }

        @Override
        public boolean send(byte[] bytes) {
            return socket.send(bytes);
        }

        @Override
        public boolean close(int code, String reason) {
            return socket.close(code, reason);
        }
    }
}
