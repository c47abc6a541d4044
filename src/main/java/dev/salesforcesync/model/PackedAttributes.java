package dev.salesforcesync.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attribute values of one entry, packed. Names are found without regard to case. */
final class PackedAttributes extends PackedMap<List<String>> {
    private PackedAttributes(List<String> names, byte[] bytes) {
        super(names, bytes);
    }

    static PackedAttributes of(Map<String, List<String>> attributes) {
        if (attributes instanceof PackedAttributes packed) {
            return packed;
        }
        TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(attributes);
        PackedTexts.Writer writer = new PackedTexts.Writer();
        sorted.values().forEach(values -> {
            writer.number(values.size());
            values.forEach(writer::text);
        });
        return new PackedAttributes(names(sorted), writer.bytes());
    }

    @Override
    Comparator<String> order() {
        return String.CASE_INSENSITIVE_ORDER;
    }

    @Override
    List<String> read(PackedTexts.Reader reader) {
        int count = reader.number();
        if (count == 1) {
            return List.of(reader.text());
        }
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(reader.text());
        }
        return List.copyOf(values);
    }

    @Override
    void skip(PackedTexts.Reader reader) {
        int count = reader.number();
        for (int i = 0; i < count; i++) {
            reader.skipText();
        }
    }
}
