package dev.salesforcesync.converge;

import dev.salesforcesync.converge.RunReport.FailureGroup;
import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what went wrong for whom, grouped by stable code. The first trouble of a person counts. */
final class Failures {
    private static final int SAMPLE = 10;

    private final Map<String, Group> groups = new TreeMap<>();
    private final Set<ObjectGuid> people = new HashSet<>();

    private static final class Group {
        private final String message;
        private final Set<String> rights = new TreeSet<>();
        private final List<ObjectGuid> sample = new ArrayList<>();
        private int count;

        Group(String message) {
            this.message = message;
        }

        String message() {
            return rights.isEmpty() ? message : message + " Rights concerned: " + String.join(", ", rights) + ".";
        }
    }

    void add(String code, String message, Optional<ObjectGuid> person) {
        add(code, message, person, Optional.empty());
    }

    /** @param right the name of the right that could not be given or taken */
    synchronized void add(String code, String message, Optional<ObjectGuid> person, Optional<String> right) {
        if (person.isPresent() && !people.add(person.get())) {
            return;
        }
        Group group = groups.computeIfAbsent(code, first -> new Group(message));
        right.filter(name -> group.rights.size() < SAMPLE).ifPresent(group.rights::add);
        group.count++;
        if (group.sample.size() < SAMPLE) {
            person.ifPresent(group.sample::add);
        }
    }

    synchronized List<FailureGroup> groups() {
        return groups.entrySet().stream()
                .map(e -> new FailureGroup(e.getKey(), e.getValue().message(), e.getValue().count, e.getValue().sample))
                .sorted(Comparator.comparingInt(FailureGroup::count).reversed().thenComparing(FailureGroup::code))
                .toList();
    }

    synchronized int count() {
        return groups.values().stream().mapToInt(group -> group.count).sum();
    }
}
