package dev.salesforcesync.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the few objects that {@code kubectl create} sends in Kubernetes' protobuf form: namespaces, secrets, config maps
 * and service accounts. Field numbers as in k8s.io/api/core/v1/generated.proto and
 * k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto.
 */
final class ProtobufBody {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int LENGTH_DELIMITED = 2;

    private ProtobufBody() {}

    static ObjectNode read(byte[] body) {
        try {
            ByteBuffer envelope = ByteBuffer.wrap(body);
            byte[] magic = new byte[MAGIC.length];
            envelope.get(magic);
            ObjectNode object = Json.object();
            ByteBuffer[] raw = {ByteBuffer.allocate(0)};
            fields(
                    envelope,
                    Map.of(
                            1,
                            type -> fields(
                                    type,
                                    Map.of(
                                            1, text -> object.put("apiVersion", text(text)),
                                            2, text -> object.put("kind", text(text)))),
                            2,
                            bytes -> raw[0] = bytes));
            fields(raw[0], fieldsOf(object));
            return object;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw Refusal.badRequest("the protobuf body can't be read");
        }
    }

    private static Map<Integer, Consumer<ByteBuffer>> fieldsOf(ObjectNode object) {
        Consumer<ByteBuffer> metadata = bytes -> readMetadata(bytes, object.putObject("metadata"));
        return switch (Json.text(object, "kind")) {
            case "Namespace", "ServiceAccount" -> Map.of(1, metadata);
            case "ConfigMap" -> Map.of(1, metadata, 2, entry -> textEntry(entry, object.withObject("/data")));
            case "Secret" ->
                Map.of(
                        1,
                        metadata,
                        2,
                        entry -> binaryEntry(entry, object.withObject("/data")),
                        3,
                        type -> object.put("type", text(type)));
            default -> throw Refusal.unsupportedMediaType("application/vnd.kubernetes.protobuf");
        };
    }

    private static void readMetadata(ByteBuffer bytes, ObjectNode metadata) {
        fields(
                bytes,
                Map.of(
                        1, text -> putUnlessEmpty(metadata, "name", text(text)),
                        2, text -> putUnlessEmpty(metadata, "generateName", text(text)),
                        3, text -> putUnlessEmpty(metadata, "namespace", text(text)),
                        11, entry -> textEntry(entry, metadata.withObject("/labels")),
                        12, entry -> textEntry(entry, metadata.withObject("/annotations"))));
    }

    private static void putUnlessEmpty(ObjectNode object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, value);
        }
    }

    private static void textEntry(ByteBuffer entry, ObjectNode into) {
        String[] pair = {"", ""};
        fields(entry, Map.of(1, key -> pair[0] = text(key), 2, value -> pair[1] = text(value)));
        into.put(pair[0], pair[1]);
    }

    private static void binaryEntry(ByteBuffer entry, ObjectNode into) {
        String[] pair = {"", ""};
        fields(
                entry,
                Map.of(
                        1,
                        key -> pair[0] = text(key),
                        2,
                        value -> pair[1] = Base64.getEncoder().encodeToString(bytes(value))));
        into.put(pair[0], pair[1]);
    }

    private static void fields(ByteBuffer message, Map<Integer, Consumer<ByteBuffer>> readers) {
        while (message.hasRemaining()) {
            long key = varint(message);
            int type = (int) (key & 7);
            if (type == LENGTH_DELIMITED) {
                int length = Math.toIntExact(varint(message));
                ByteBuffer field = message.slice(message.position(), length);
                message.position(message.position() + length);
                readers.getOrDefault((int) (key >>> 3), ignored -> {}).accept(field);
            } else if (type == 0) {
                varint(message);
            } else {
                throw new IllegalArgumentException("wire type " + type);
            }
        }
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("varint too long");
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer buffer) {
        return new String(bytes(buffer), StandardCharsets.UTF_8);
    }
}
