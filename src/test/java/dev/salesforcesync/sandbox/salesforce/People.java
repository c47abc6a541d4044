package dev.salesforcesync.sandbox.salesforce;

import dev.salesforcesync.sandbox.salesforce.org.Org;
import java.util.LinkedHashMap;
import java.util.Map;

/** Complete users to create, for tests that are about one field or one rule. */
final class People {
    private People() {}

    /** A Standard User whom the org takes as he is. */
    static Map<String, Object> person(Org org, String name) {
        return person(org, name, "Standard User");
    }

    static Map<String, Object> person(Org org, String name, String profile) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("Username", name + "@people.example");
        fields.put("LastName", name);
        fields.put("FirstName", "Anna");
        fields.put("Email", name + "@mail.example");
        fields.put("Alias", name.length() > 8 ? name.substring(0, 8) : name);
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("EmailEncodingKey", "UTF-8");
        fields.put("LanguageLocaleKey", "de");
        fields.put("ProfileId", profileId(org, profile));
        return fields;
    }

    static String profileId(Org org, String profile) {
        return org.recordsBy("Profile", "Name", profile).get(0).id();
    }

    static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    static Map<String, Object> without(Map<String, Object> fields, String name) {
        var changed = new LinkedHashMap<>(fields);
        changed.remove(name);
        return changed;
    }
}
