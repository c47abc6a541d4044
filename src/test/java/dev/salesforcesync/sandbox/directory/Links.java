package dev.salesforcesync.sandbox.directory;

import dev.salesforcesync.model.ObjectGuid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * One pair of linked attributes, such as member and memberOf. Links hold identities, so they follow renames and end
 * with either object.
 */
final class Links {
    private final Map<ObjectGuid, Set<ObjectGuid>> forward = new HashMap<>();
    private final Map<ObjectGuid, Set<ObjectGuid>> backward = new HashMap<>();
    private final Map<ObjectGuid, Map<ObjectGuid, LinkStamp>> stamps = new HashMap<>();
    private final Map<ObjectGuid, List<Aside>> aside = new HashMap<>();
    private final boolean single;

    /** Links of which an object has any number, or only one. */
    Links(boolean single) {
        this.single = single;
    }

    /** A link that is not seen while an object at one of its ends is deleted. */
    private record Aside(ObjectGuid from, ObjectGuid to, Optional<LinkStamp> stamp) {
        ObjectGuid other(ObjectGuid end) {
            return from.equals(end) ? to : from;
        }
    }

    /** When each link of an object came or went. */
    Map<ObjectGuid, LinkStamp> stamps(ObjectGuid from) {
        return Collections.unmodifiableMap(stamps.getOrDefault(from, Map.of()));
    }

    /** Notes in the change counter what became of a link. */
    void stamp(ObjectGuid from, ObjectGuid to, LinkStamp stamp) {
        stamps.computeIfAbsent(from, key -> new LinkedHashMap<>()).put(to, stamp);
    }

    boolean add(ObjectGuid from, ObjectGuid to) {
        backward.computeIfAbsent(to, key -> new LinkedHashSet<>()).add(from);
        return forward.computeIfAbsent(from, key -> new LinkedHashSet<>()).add(to);
    }

    boolean remove(ObjectGuid from, ObjectGuid to) {
        backward.getOrDefault(to, new HashSet<>()).remove(from);
        return forward.getOrDefault(from, new HashSet<>()).remove(to);
    }

    void clear(ObjectGuid from) {
        Set.copyOf(targets(from)).forEach(to -> remove(from, to));
    }

    /** Ends every link from and to an object. */
    void forget(ObjectGuid gone) {
        clear(gone);
        Set.copyOf(sources(gone)).forEach(from -> remove(from, gone));
        forward.remove(gone);
        backward.remove(gone);
        stamps.remove(gone);
        stamps.values().forEach(targets -> targets.remove(gone));
    }

    /** Keeps the links from and to an object that may come back; nobody sees them until then (MS-ADTS 3.1.1.9.1). */
    void putAside(ObjectGuid deleted) {
        List<Aside> kept = new ArrayList<>();
        targets(deleted).forEach(to -> kept.add(new Aside(deleted, to, stamp(deleted, to))));
        sources(deleted).forEach(from -> kept.add(new Aside(from, deleted, stamp(from, deleted))));
        forget(deleted);
        aside.put(deleted, kept);
    }

    /** Brings the links of an object back, each as soon as both its ends are there; none of them counts as a change. */
    void bringBack(ObjectGuid restored) {
        List<Aside> kept = aside.getOrDefault(restored, List.of());
        aside.remove(restored);
        for (Aside link : kept) {
            List<Aside> waiting = aside.get(link.other(restored));
            if (waiting != null) {
                waiting.add(link);
            } else if (!single || targets(link.from()).isEmpty()) {
                add(link.from(), link.to());
                link.stamp().ifPresent(stamp -> stamp(link.from(), link.to(), stamp));
            }
        }
    }

    /** Ends for good what had been put aside. */
    void recycle(ObjectGuid deleted) {
        aside.remove(deleted);
        aside.values()
                .forEach(kept -> kept.removeIf(
                        link -> link.from().equals(deleted) || link.to().equals(deleted)));
    }

    private Optional<LinkStamp> stamp(ObjectGuid from, ObjectGuid to) {
        return Optional.ofNullable(stamps(from).get(to));
    }

    Set<ObjectGuid> targets(ObjectGuid from) {
        return Collections.unmodifiableSet(forward.getOrDefault(from, Set.of()));
    }

    Set<ObjectGuid> sources(ObjectGuid to) {
        return Collections.unmodifiableSet(backward.getOrDefault(to, Set.of()));
    }

    /** Everything that can be reached from an object along the links, itself only by a cycle. */
    Set<ObjectGuid> reachable(ObjectGuid from) {
        return walk(from, forward);
    }

    /** Everything from which an object can be reached along the links. */
    Set<ObjectGuid> reaching(ObjectGuid to) {
        return walk(to, backward);
    }

    private static Set<ObjectGuid> walk(ObjectGuid start, Map<ObjectGuid, Set<ObjectGuid>> edges) {
        Set<ObjectGuid> seen = new LinkedHashSet<>();
        Queue<ObjectGuid> next = new ArrayDeque<>(edges.getOrDefault(start, Set.of()));
        while (!next.isEmpty()) {
            ObjectGuid one = next.remove();
            if (seen.add(one)) {
                next.addAll(edges.getOrDefault(one, Set.of()));
            }
        }
        return seen;
    }
}
