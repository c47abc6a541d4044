package dev.salesforcesync.plan;

import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.Desire;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives out usernames, each to one person: first to users who are renamed, then to joiners, both in the order of their
 * identities. Everybody gets the first of his candidates that nobody has or keeps. Who has one of his candidates keeps
 * it, so that nobody's name goes to and fro when a better one becomes free.
 */
final class Naming {
    private final PlanInput input;
    private final Map<SalesforceId, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<SalesforceId, String> renames = new HashMap<>();
    private final Set<SalesforceId> stuck = new HashSet<>();

    /** @param writable linked people whose username follows the directory */
    Naming(PlanInput input, Collection<PersonLink> writable) {
        this.input = input;
        if (writable.isEmpty() && input.linking().unmatched().isEmpty()) {
            return;
        }
        input.users().forEach(user -> names.put(user.id(), lower(user.username())));
        Map<ObjectGuid, Renamer> open = new TreeMap<>();
        for (PersonLink link : writable) {
            Renamer renamer = new Renamer(link.user(), candidates(link.person()));
            if (!renamer.names().isEmpty()
                    && renamer.names().stream().noneMatch(name -> lower(name).equals(names.get(link.user())))) {
                open.put(link.person(), renamer);
            }
        }
        rename(open);
        stuck.removeAll(renames.keySet());
        taken.addAll(input.refusedNames());
    }

    private record Renamer(SalesforceId user, List<String> names) {}

    private List<String> candidates(ObjectGuid person) {
        return input.desires().get(person) instanceof Desire.Wanted wanted
                ? wanted.user().usernames()
                : List.of();
    }

    /** Names of those who are renamed are free for others; whoever finds none keeps his, and it is not. */
    private void rename(Map<ObjectGuid, Renamer> people) {
        Map<ObjectGuid, Renamer> givingUp = new TreeMap<>(people);
        boolean settled = false;
        while (!settled) {
            renames.clear();
            taken.clear();
            taken.addAll(names.values());
            givingUp.values().forEach(renamer -> taken.remove(names.get(renamer.user())));
            settled = !givingUp.values().removeIf(renamer -> !choose(renamer));
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Renamer renamer : people.values()) {
                if (!renames.containsKey(renamer.user()) && choose(renamer)) {
                    taken.remove(names.get(renamer.user()));
                    moved = true;
                }
            }
        }
        people.values().forEach(renamer -> stuck.add(renamer.user()));
    }

    private boolean choose(Renamer renamer) {
        Optional<String> free = firstFree(renamer.names());
        free.ifPresent(name -> {
            taken.add(lower(name));
            renames.put(renamer.user(), name);
        });
        return free.isPresent();
    }

    private Optional<String> firstFree(List<String> candidates) {
        return candidates.stream()
                .filter(name ->
                        !taken.contains(lower(name)) && !input.refusedNames().contains(lower(name)))
                .findFirst();
    }

    /** The name that a user gets instead of his own. */
    Optional<String> rename(SalesforceUser user) {
        return Optional.ofNullable(renames.get(user.id()));
    }

    /** Whether the user should have another name and all of them are taken. */
    boolean isStuck(SalesforceUser user) {
        return stuck.contains(user.id());
    }

    /** Takes the name of a joiner; empty when all are taken. */
    Optional<String> claim(List<String> candidates) {
        Optional<String> free = firstFree(candidates);
        free.ifPresent(name -> taken.add(lower(name)));
        return free;
    }

    /** Those that nobody has, to be asked of once everybody has a name. */
    List<String> free(List<String> candidates) {
        return candidates.stream().filter(name -> !taken.contains(lower(name))).toList();
    }

    static String lower(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
