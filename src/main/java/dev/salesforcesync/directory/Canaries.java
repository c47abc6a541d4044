package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.DN;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People whom every whole read shows; who each of them is, is looked for among everybody once only. */
final class Canaries {
    private final List<String> names;
    private final Map<DN, Optional<ObjectGuid>> wanted = new HashMap<>();
    private boolean lookedFor;

    Canaries(List<String> names) {
        this.names = names;
        names.forEach(name -> KnownDomain.dn(name).ifPresent(dn -> wanted.put(dn, Optional.empty())));
    }

    /** Somebody is new, or has another name. */
    void note(Person person) {
        if (!wanted.isEmpty()) {
            KnownDomain.dn(person.dn())
                    .filter(wanted::containsKey)
                    .ifPresent(dn -> wanted.put(dn, Optional.of(person.guid())));
        }
    }

    /** The numbers of those, 0 being the first, who are not among the people. */
    List<Integer> missing(Map<ObjectGuid, Person> people) {
        if (!lookedFor) {
            people.values().forEach(this::note);
            lookedFor = true;
        }
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<DN> name = KnownDomain.dn(names.get(i));
            boolean there = name.flatMap(dn -> wanted.getOrDefault(dn, Optional.empty()))
                    .map(people::get)
                    .flatMap(person -> KnownDomain.dn(person.dn()))
                    .equals(name);
            if (name.isEmpty() || !there) {
                missing.add(i);
            }
        }
        return missing;
    }
}
