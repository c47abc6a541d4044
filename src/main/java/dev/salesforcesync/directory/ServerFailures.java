package dev.salesforcesync.directory;

import dev.salesforcesync.directory.ServerDiscovery.Server;
import dev.salesforcesync.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why no server of several answers. */
final class ServerFailures {
    private static final int MOST_NAMED = 4;

    private final List<One> all = new ArrayList<>();

    private record One(Server server, Failure failure) {}

    void add(Server server, Failure failure) {
        all.add(new One(server, failure));
    }

    /** The first that may pass by itself, else the first; with the others' reasons, if they are others. */
    Failure summary() {
        Failure main = all.stream()
                .map(One::failure)
                .filter(Failure.Transient.class::isInstance)
                .findFirst()
                .orElse(all.get(0).failure());
        boolean alike = all.stream().allMatch(one -> one.failure().reason().equals(main.reason()));
        if (alike) {
            return main;
        }
        String each = all.stream()
                .limit(MOST_NAMED)
                .map(one -> one.server().host() + " " + one.failure().reason())
                .collect(Collectors.joining(", "));
        String message = main.message() + " Tried: " + each + (all.size() > MOST_NAMED ? ", …" : "") + ".";
        return main instanceof Failure.Transient passing
                ? new Failure.Transient(main.reason(), message, passing.atLeast())
                : new Failure.Terminal(main.reason(), message);
    }
}
