package dev.salesforcesync.directory;

import static dev.salesforcesync.directory.DirectoryReaderContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.salesforcesync.directory.ReadRequest.Search;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One random history that is followed with questions at random moments: each time the picture is what a fresh read
 * shows, and whoever looks otherwise than before was named.
 */
final class FollowedHistory {
    /** Something that goes wrong. */
    interface Disturbance {
        void begin(Random random);

        void end();
    }

    private final LiveDomain domain;
    private final ReadSteps steps;
    private final long seed;
    private final Random moments;
    private final StringBuilder told = new StringBuilder();
    private int polls;

    FollowedHistory(LiveDomain domain, ReadSteps steps, long seed) {
        this.domain = domain;
        this.steps = steps;
        this.seed = seed;
        this.moments = new Random(~seed);
    }

    /**
     * Follows.
     *
     * @param disturb may make something go wrong, now and then; whoever is asked then may fail or tell to read again
     */
    void run(Following.Mode mode, int changes, Optional<Disturbance> disturb) throws Exception {
        RandomHistory history = new RandomHistory(domain, seed);
        ReadRequest request = new ReadRequest(
                List.of(new Search(history.followed(), DirectoryReaderContract.PEOPLE)),
                Set.copyOf(history.namedGroups()),
                Set.of("mail", "sn", "displayName", "department", "manager", "memberOf"),
                0,
                List.of());
        try (DirectoryReader reader = new LdapDirectory(
                        new DirectoryConnections(domain.settings(), Network.real(Clock.systemUTC())),
                        steps,
                        Clock.systemUTC());
                DirectoryFeed feed = value(reader.follow(request, new Following(mode, Optional.empty(), () -> {})))) {
            DirectoryPicture shown = value(feed.readAll());
            for (int i = 0; i < changes; i++) {
                told.append(i).append(": ").append(history.step()).append('\n');
                if (moments.nextInt(3) == 0) {
                    shown = ask(feed, reader, request, shown, disturb);
                }
            }
            history.end();
        }
    }

    int polls() {
        return polls;
    }

    private DirectoryPicture ask(
            DirectoryFeed feed,
            DirectoryReader reader,
            ReadRequest request,
            DirectoryPicture before,
            Optional<Disturbance> disturb)
            throws Exception {
        polls++;
        Set<ObjectGuid> named = new HashSet<>();
        boolean again = false;
        if (disturb.isPresent()) {
            disturb.get().begin(moments);
            again = note(feed.poll(), named);
            disturb.get().end();
        }
        for (int attempt = 0; attempt < 3 && !again; attempt++) {
            Result<FeedUpdate> update = feed.poll();
            again = note(update, named);
            if (update instanceof Result.Ok<FeedUpdate>) {
                break;
            }
            assertThat(disturb).as("fails undisturbed: " + update + told).isPresent();
        }
        boolean doubted = feed.picture()
                .filter(picture -> picture.completeness().isProven())
                .isEmpty();
        // What a fault left in doubt is read again, as the engine does; it proves nothing until then.
        again |= disturb.isPresent() && doubted;
        if (again) {
            assertThat(disturb).as("reads again undisturbed: " + told).isPresent();
            value(feed.readAll());
        }
        String when = "seed " + seed + "\n" + told;
        DirectoryPicture now = feed.picture().orElseThrow();
        assertSame(now, value(reader.read(request)), when);
        if (!again) {
            assertThat(named).as("named " + when).containsAll(differences(before, now));
        }
        told.setLength(0);
        return now;
    }

    private boolean note(Result<FeedUpdate> update, Set<ObjectGuid> named) {
        told.append("asked: ").append(update).append('\n');
        if (update instanceof Result.Ok<FeedUpdate> ok) {
            if (ok.value() instanceof FeedUpdate.Changed changed) {
                named.addAll(changed.people());
            }
            return ok.value() instanceof FeedUpdate.ReadAgain;
        }
        return false;
    }

    /** The followed picture against one read afresh. */
    static void assertSame(DirectoryPicture followed, DirectoryPicture fresh, String when) {
        assertThat(followed.people().keySet())
                .as("people " + when)
                .isEqualTo(fresh.people().keySet());
        fresh.people().forEach((guid, person) -> {
            Person one = Objects.requireNonNull(followed.people().get(guid));
            assertThat(one.dn()).as("dn " + when).isEqualTo(person.dn());
            assertThat(sorted(one)).as("attributes of " + one.dn() + " " + when).isEqualTo(sorted(person));
            assertThat(one.account()).as("account " + when).isEqualTo(person.account());
        });
        assertThat(followed.memberships()).as("memberships " + when).isEqualTo(fresh.memberships());
        assertThat(followed.foreign()).as("foreign " + when).isEqualTo(fresh.foreign());
        assertThat(followed.problems()).as("problems " + when).containsExactlyInAnyOrderElementsOf(fresh.problems());
        assertThat(followed.completeness().isProven())
                .as("completeness " + followed.completeness() + fresh.completeness() + when)
                .isEqualTo(fresh.completeness().isProven());
    }

    /** Several values have no order in a directory. */
    private static Map<String, List<String>> sorted(Person person) {
        Map<String, List<String>> sorted = new TreeMap<>();
        person.attributes()
                .forEach((name, values) ->
                        sorted.put(name, values.stream().sorted().toList()));
        return sorted;
    }

    /** Who looks otherwise. */
    private static Set<ObjectGuid> differences(DirectoryPicture before, DirectoryPicture now) {
        Set<ObjectGuid> others = new HashSet<>();
        Set<ObjectGuid> all = new HashSet<>(before.people().keySet());
        all.addAll(now.people().keySet());
        for (ObjectGuid guid : all) {
            boolean same = Optional.ofNullable(before.people().get(guid))
                    .equals(Optional.ofNullable(now.people().get(guid)));
            boolean sameGroups = before.memberships().keySet().stream()
                    .allMatch(name -> before.memberships()
                                    .getOrDefault(name, Set.of())
                                    .contains(guid)
                            == now.memberships().getOrDefault(name, Set.of()).contains(guid));
            if (!same || !sameGroups) {
                others.add(guid);
            }
        }
        return others;
    }
}
