package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What goes back to the client: HTTP code, content and the texts for {@code Warning} headers. */
record ApiAnswer(int code, String contentType, String body, List<String> warnings) {

    ApiAnswer {
        warnings = List.copyOf(warnings);
    }

    static ApiAnswer of(int code, JsonNode body) {
        return new ApiAnswer(code, "application/json", body.toString(), List.of());
    }

    static ApiAnswer text(String body) {
        return new ApiAnswer(200, "text/plain", body, List.of());
    }

    ApiAnswer warning(List<String> texts) {
        return new ApiAnswer(code, contentType, body, texts);
    }
}
