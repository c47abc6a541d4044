package dev.salesforcesync.soak;

import dev.salesforcesync.sandbox.salesforce.org.InputRow;
import dev.salesforcesync.sandbox.salesforce.org.Org;
import dev.salesforcesync.sandbox.salesforce.org.Row;
import dev.salesforcesync.sandbox.salesforce.org.RowResult;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A person who works in Salesforce by hand, and remembers what must stay. */
final class Administrator {
    private final Org org;
    private final Memory memory;
    private final Random random;
    private int made;

    Administrator(Org org, Memory memory, Random random) {
        this.org = org;
        this.memory = memory;
        this.random = random;
    }

    private boolean edit(String type, String id, Map<String, Object> fields) {
        return org.editAsHuman(type, id, new LinkedHashMap<>(fields)).success();
    }

    private String userOf(Somebody person) {
        return Optional.ofNullable(memory.userOf.get(person.employee)).orElseThrow();
    }

    boolean knows(Somebody person) {
        return memory.userOf.containsKey(person.employee);
    }

    boolean mayDeactivate(Somebody person) {
        return knows(person) && !memory.deactivatedByHand.contains(person.employee);
    }

    /** Writes something that a rule is about: it must be written back. */
    void meddle(Somebody person) {
        String id = userOf(person);
        int number = random.nextInt(1000);
        switch (random.nextInt(6)) {
            case 0 -> edit("User", id, Map.of("LastName", "By Hand " + number));
            case 1 -> edit("User", id, Map.of("FirstName", "By Hand " + number));
            case 2 -> edit("User", id, Map.of("Department", "By Hand " + number));
            case 3 -> edit("User", id, Map.of("Email", "by.hand." + number + "@mail.example.com"));
            case 4 ->
                edit("User", id, Map.of("Username", "by.hand." + number + "." + person.account + "@soak.example.com"));
            default ->
                edit("User", id, Map.of("ProfileId", profile(random.nextBoolean() ? "Read Only" : "Standard User")));
        }
    }

    /** Writes something that no rule is about: it must stay. */
    void entitle(Somebody person) {
        String id = userOf(person);
        if (random.nextBoolean()) {
            String title = "By Hand " + random.nextInt(1000);
            if (edit("User", id, Map.of("Title", title))) {
                memory.titles.put(id, title);
            }
            return;
        }
        String set =
                org.recordsBy("PermissionSet", "Name", "Report_Reader").get(0).id();
        RowResult result = create("PermissionSetAssignment", Map.of("AssigneeId", id, "PermissionSetId", set));
        result.id().filter(any -> result.success()).ifPresent(memory.assignments::add);
    }

    /** Deactivates a user, who must stay so, or takes that back. */
    void switchActive(Somebody person) {
        boolean back = memory.deactivatedByHand.contains(person.employee);
        if (edit("User", userOf(person), Map.of("IsActive", back))) {
            if (back) {
                memory.deactivatedByHand.remove(person.employee);
            } else {
                memory.deactivatedByHand.add(person.employee);
            }
        }
    }

    /** Freezes a user, who must stay so, or takes that back. */
    void switchFrozen(Somebody person) {
        boolean back = memory.frozenByHand.contains(person.employee);
        String login =
                org.recordsBy("UserLogin", "UserId", userOf(person)).get(0).id();
        if (edit("UserLogin", login, Map.of("IsFrozen", !back))) {
            if (back) {
                memory.frozenByHand.remove(person.employee);
            } else {
                memory.frozenByHand.add(person.employee);
            }
        }
    }

    /** Activates the user of somebody who has left; whoever is deactivated after that is so by the operator. */
    void activate(Somebody person) {
        if (edit("User", userOf(person), Map.of("IsActive", true))) {
            memory.deactivatedByHand.remove(person.employee);
        }
    }

    /** Makes a user who stands for nobody. */
    void addStranger() {
        made++;
        String name = "stranger" + made + "@elsewhere.example.com";
        RowResult result = create("User", user(name, "Stranger " + made, "st" + made));
        result.id().filter(any -> result.success()).ifPresent(id -> memory.strangers.put(id, "Stranger " + made));
    }

    /** Makes the user of somebody who is about to begin. */
    void prepare(Somebody person) {
        create("User", user(person.upn, "Prepared", "prep"));
    }

    /** Everybody opens their mail; most click on what they find. */
    boolean confirmMails() {
        boolean any = false;
        for (Row user : org.records("User")) {
            if (org.pendingEmail(user.id()).isPresent() && random.nextInt(4) > 0) {
                any |= org.confirmEmail(user.id());
            }
        }
        return any;
    }

    private Map<String, Object> user(String username, String lastName, String alias) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Username", username);
        fields.put("LastName", lastName);
        fields.put("Email", "hand@mail.example.com");
        fields.put("Alias", alias);
        fields.put("CommunityNickname", "hand " + username);
        fields.put("ProfileId", profile("Standard User"));
        fields.put("TimeZoneSidKey", "Europe/Berlin");
        fields.put("LocaleSidKey", "de_DE");
        fields.put("LanguageLocaleKey", "de");
        fields.put("EmailEncodingKey", "UTF-8");
        return fields;
    }

    private RowResult create(String type, Map<String, Object> fields) {
        String admin = org.user(org.settings().adminUsername()).orElseThrow().id();
        InputRow row = new InputRow(type, Optional.empty(), new LinkedHashMap<>(fields));
        return org.write(admin, WriteRequest.of(WriteRequest.Kind.CREATE, List.of(row)))
                .get(0);
    }

    private String profile(String name) {
        return org.recordsBy("Profile", "Name", name).get(0).id();
    }
}
