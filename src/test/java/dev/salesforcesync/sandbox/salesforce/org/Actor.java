package dev.salesforcesync.sandbox.salesforce.org;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The integration user at work in an org, one row a call. */
record Actor(Org org) {
    RowResult create(String type, Map<String, ? extends @Nullable Object> fields) {
        return write(WriteRequest.Kind.CREATE, new InputRow(type, Optional.empty(), new LinkedHashMap<>(fields)));
    }

    RowResult update(String type, String id, Map<String, ? extends @Nullable Object> fields) {
        return write(WriteRequest.Kind.UPDATE, new InputRow(type, Optional.of(id), new LinkedHashMap<>(fields)));
    }

    RowResult delete(String type, String id) {
        return write(WriteRequest.Kind.DELETE, new InputRow(type, Optional.of(id), Map.of()));
    }

    String made(String type, Map<String, ? extends @Nullable Object> fields) {
        return create(type, fields).id().orElseThrow();
    }

    /** A new active user of this profile. */
    String user(String name, String profile) {
        return made("User", person(name, profile));
    }

    Map<String, @Nullable Object> person(String name, String profile) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("Username", name + "@people.example");
        fields.put("LastName", name);
        fields.put("Email", name + "@mail.example");
        fields.put("Alias", name);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("ProfileId", id("Profile", "Name", profile));
        return fields;
    }

    /** The id of the record whose field has this value. */
    String id(String type, String field, String value) {
        return org.recordsBy(type, field, value).get(0).id();
    }

    String self() {
        return org.user(org.settings().runAsUsername()).orElseThrow().id();
    }

    /** The values of the first row that a query finds. */
    Map<String, @Nullable Object> first(String soql) {
        return org.query(self(), soql, 200).records().get(0).values();
    }

    List<RowResult> write(WriteRequest.Kind kind, List<InputRow> rows) {
        return org.write(self(), WriteRequest.of(kind, rows));
    }

    private RowResult write(WriteRequest.Kind kind, InputRow row) {
        return write(kind, List.of(row)).get(0);
    }

    /** Code and text of the first error; empty on success. */
    static String error(RowResult result) {
        return result.errors().stream()
                .findFirst()
                .map(error -> error.code() + ": " + error.message())
                .orElse("");
    }
}
