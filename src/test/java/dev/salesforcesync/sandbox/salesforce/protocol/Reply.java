package dev.salesforcesync.sandbox.salesforce.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer and how it is delivered. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Reply(int status, String contentType, Map<String, String> headers, byte[] body, Delivery delivery) {

    /** What happens to an answer on its way. */
    sealed interface Delivery {
        record Whole() implements Delivery {}

        /** The connection is closed instead. */
        record Dropped() implements Delivery {}

        /** Half of the body, then the connection is closed. */
        record Truncated() implements Delivery {}

        record Late(Duration by) implements Delivery {}
    }

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply of(int status, String contentType, String body) {
        return new Reply(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8), new Delivery.Whole());
    }

    static Reply json(int status, String body) {
        return of(status, "application/json;charset=UTF-8", body);
    }

    static Reply xml(int status, String body) {
        return of(status, "text/xml; charset=utf-8", body);
    }

    static Reply html(int status, String title) {
        return of(
                status,
                "text/html;charset=UTF-8",
                "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title
                        + "</h1></body></html>");
    }

    static Reply empty(int status) {
        return new Reply(status, "", Map.of(), new byte[0], new Delivery.Whole());
    }

    static Reply dropped() {
        return empty(200).delivered(new Delivery.Dropped());
    }

    Reply delivered(Delivery how) {
        return new Reply(status, contentType, headers, body, how);
    }

    /** With one more header in the envelope, if this is SOAP. */
    Reply withSoapHeader(String xml) {
        String open = "<soapenv:Header>";
        byte[] more = new String(body, StandardCharsets.UTF_8)
                .replace(open, open + xml)
                .getBytes(StandardCharsets.UTF_8);
        return new Reply(status, contentType, headers, more, delivery);
    }

    Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, more, body, delivery);
    }
}
