package dev.salesforcesync.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The field values of one record, packed. Names are found as they are written. */
final class PackedFields extends PackedMap<String> {
    PackedFields(List<String> names, byte[] bytes, int from) {
        super(names, bytes, from);
    }

    /** Writes values and gives back their names. */
    static List<String> write(Map<String, String> fields, PackedTexts.Writer writer) {
        TreeMap<String, String> sorted = new TreeMap<>(fields);
        sorted.values().forEach(writer::text);
        return names(sorted);
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
