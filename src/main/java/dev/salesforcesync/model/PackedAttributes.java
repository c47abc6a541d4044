package dev.salesforcesync.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attribute values of one entry, packed. Names are found without regard to case. */
final class PackedAttributes extends PackedMap<List<String>> {
    PackedAttributes(List<String> names, byte[] bytes, int from) {
        super(names, bytes, from);
    }

    /** Writes values and gives back their names. */
    static List<String> write(Map<String, List<String>> attributes, PackedTexts.Writer writer) {
        TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(attributes);
        sorted.values().forEach(values -> {
            writer.number(values.size());
            values.forEach(writer::text);
        });
        return names(sorted);
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
