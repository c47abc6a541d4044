package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several queries in one call, each answered for itself (REST API Developer Guide, "Composite"). */
final class CompositeQueries {
    /** Queries in one call. */
    static final int MAX = 5;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "q";

    private CompositeQueries() {}

    /** The body of a call that gets these paths. */
    static byte[] request(List<String> paths) {
        ObjectNode whole = JSON.createObjectNode().put("allOrNone", false);
        ArrayNode parts = whole.putArray("compositeRequest");
        for (int i = 0; i < paths.size(); i++) {
            parts.addObject().put("method", "GET").put("url", paths.get(i)).put("referenceId", NAME + i);
        }
        try {
            return JSON.writeValueAsBytes(whole);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What each path was answered, in order. */
    static List<Result<byte[]>> answers(Result<byte[]> whole, int paths) {
        List<Result<byte[]>> answers = new ArrayList<>();
        JsonNode parts = JSON.missingNode();
        Failure otherwise = NetworkErrors.unreadable();
        if (whole instanceof Result.Ok<byte[]> ok) {
            parts = parts(ok.value());
        } else {
            otherwise = ((Result.Failed<byte[]>) whole).failure();
        }
        for (int i = 0; i < paths; i++) {
            answers.add(answer(parts, NAME + i).orElse(Result.failed(otherwise)));
        }
        return answers;
    }

    private static JsonNode parts(byte[] body) {
        try {
            return JSON.readTree(body).path("compositeResponse");
        } catch (IOException unreadable) {
            return JSON.missingNode();
        }
    }

    private static Optional<Result<byte[]>> answer(JsonNode parts, String name) {
        for (JsonNode part : parts) {
            if (name.equals(part.path("referenceId").asText(""))) {
                return Optional.of(answer(part));
            }
        }
        return Optional.empty();
    }

    private static Result<byte[]> answer(JsonNode part) {
        int status = part.path("httpStatusCode").asInt();
        try {
            byte[] body = JSON.writeValueAsBytes(part.path("body"));
            return status >= 200 && status < 300
                    ? Result.ok(body)
                    : Result.failed(SalesforceErrors.restFailure(status, SalesforceErrors.rest(body)));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
