package dev.salesforcesync.salesforce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.salesforcesync.failure.Result;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The frame of one page of a query's answer.
 *
 * @param total how many rows the whole query has
 * @param done Salesforce says that no page follows
 * @param next the path of the next page
 * @param rows how many rows the page held
 */
record QueryPage(long total, boolean done, Optional<String> next, long rows) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a page from its bytes, row by row, without a tree in between. */
    static Result<QueryPage> read(byte[] body, RowSink sink) {
        long total = 0;
        boolean done = false;
        long rows = 0;
        Optional<String> next = Optional.empty();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Result.failed(NetworkErrors.unreadable());
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "totalSize" -> total = json.getLongValue();
                    case "done" -> done = json.getBooleanValue();
                    case "nextRecordsUrl" -> {
                        if (value == JsonToken.VALUE_STRING) {
                            next = Optional.of(json.getText());
                        }
                    }
                    case "records" -> rows = records(json, sink);
                    default -> json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return Result.failed(NetworkErrors.unreadable());
            }
        } catch (IOException notSalesforce) {
            return Result.failed(NetworkErrors.unreadable());
        }
        if (next.isPresent() && !next.get().matches("/services/data/v[0-9.]+/query/[A-Za-z0-9_-]+")) {
            return Result.failed(NetworkErrors.unreadable());
        }
        return Result.ok(new QueryPage(total, done, next, rows));
    }

    private static long records(JsonParser json, RowSink sink) throws IOException {
        long rows = 0;
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return 0;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> row = new HashMap<>();
            object(json, "", row);
            sink.row(row);
            rows++;
        }
        return rows;
    }

    private static void object(JsonParser json, String prefix, Map<String, String> row) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && !name.equals("attributes")) {
                object(json, prefix + name + ".", row);
            } else if (value.isStructStart()) {
                json.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                row.put(prefix + name, json.getText());
            }
        }
    }
}
