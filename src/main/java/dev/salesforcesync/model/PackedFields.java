package dev.salesforcesync.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The field values of one record, packed. Names are found as they are written. */
final class PackedFields extends PackedMap<String> {
    private PackedFields(List<String> names, byte[] bytes) {
        super(names, bytes);
    }

    static PackedFields of(Map<String, String> fields) {
        if (fields instanceof PackedFields packed) {
            return packed;
        }
        TreeMap<String, String> sorted = new TreeMap<>(fields);
        PackedTexts.Writer writer = new PackedTexts.Writer();
        sorted.values().forEach(writer::text);
        return new PackedFields(names(sorted), writer.bytes());
    }

    @Override
    Comparator<String> order() {
        return Comparator.naturalOrder();
    }

    @Override
    String read(PackedTexts.Reader reader) {
        return reader.text();
    }

    @Override
    void skip(PackedTexts.Reader reader) {
        reader.skipText();
    }
}
