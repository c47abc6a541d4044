package dev.salesforcesync.converge;

import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.salesforce.OrgNews;
import dev.salesforcesync.salesforce.SalesforceOrg;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The org as one policy follows it: read in full when there is doubt, else by what was written since. A right that
 * somebody else takes leaves no trace that could be followed, and is seen by the next full read. Not safe for several
 * threads.
 */
final class FollowedOrg {
    /** A row is stamped when it is written and seen when its transaction ends, which may be minutes later. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    /** With more users to be asked for, all rights are read: each query names about 400. */
    private static final int MANY = 2_000;

    private final LongSupplier nanoTime;
    private Optional<Known> known = Optional.empty();

    /** Users from whom we took something. */
    private final Set<SalesforceId> touched = new HashSet<>();

    /** Users to whom we wrote since the org was asked last. */
    private final Set<SalesforceId> written = new HashSet<>();

    /** @param nanoTime a clock that never jumps, such as {@link System#nanoTime} */
    FollowedOrg(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What was read, and up to when. */
    private static final class Known {
        private final OrgQuestion question;
        private final Map<SalesforceId, SalesforceUser> users;
        private final Map<SalesforceId, LoginRecord> logins = new HashMap<>();
        private final HeldRights rights = new HeldRights();
        private Set<SalesforceId> holders;
        private Set<SalesforceId> rowsSeen = Set.of();
        private final Set<SalesforceId> changed = new HashSet<>();

        /** What was read in full may be anything until somebody acts on it. */
        private boolean changedForAll = true;

        /** What Salesforce's clock showed at least when the last read began, and when that was by ours. */
        private Instant readUpTo = Instant.EPOCH;

        private long begun;

        Known(
                OrgQuestion question,
                List<SalesforceUser> users,
                List<Assignment> rights,
                Set<SalesforceId> holders,
                long begin) {
            this.question = question;
            this.begun = begin;
            this.users = users.stream()
                    .collect(Collectors.toMap(
                            SalesforceUser::id, Function.identity(), (one, other) -> other, HashMap::new));
            this.rights.replaceAll(rights);
            this.holders = holders;
        }

        /** Nothing that was read can be stamped later than the end of the read. */
        void readUpTo(List<SalesforceUser> read, long begin, long end) {
            Instant since = readUpTo.plusNanos(begin - begun);
            Instant newest = read.stream()
                    .map(user -> user.modified().minusNanos(end - begin))
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
            readUpTo = newest.isAfter(since) ? newest : since;
            begun = begin;
        }
    }

    /**
     * What the org holds now.
     *
     * @param anew whether all of it is to be read, even if what is known of it can be followed
     */
    Result<OrgPicture> look(OrgQuestion question, boolean anew) {
        if (!anew && knows(question)) {
            Result<News> followed = follow();
            if (!isImpossible(followed)) {
                return followed.map(news -> picture());
            }
        }
        return readAll(question).map(all -> picture());
    }

    /**
     * What is other than when it was heeded last.
     *
     * @param users who are, or hold, something else
     * @param forAll whether it concerns everybody
     */
    record News(Set<SalesforceId> users, boolean forAll) {
        News {
            users = Set.copyOf(users);
        }

        boolean isEmpty() {
            return users.isEmpty() && !forAll;
        }
    }

    /** Asks what is new. Where that cannot be told, all of it must be read. */
    Result<News> news(OrgQuestion question) {
        Result<News> followed = knows(question) ? follow() : Result.ok(unheeded());
        if (isImpossible(followed)) {
            doubt();
            return Result.ok(unheeded());
        }
        return followed;
    }

    private static boolean isImpossible(Result<News> followed) {
        return followed instanceof Result.Failed<News> failed && failed.failure() instanceof Failure.Terminal;
    }

    /** What was seen and not heeded yet, without asking. */
    News unheeded() {
        return known.map(now -> new News(now.changed, now.changedForAll)).orElse(new News(Set.of(), true));
    }

    /** What was looked at last is acted on. To be looked at by somebody who asks is not enough. */
    void heed() {
        known.ifPresent(now -> {
            now.changed.clear();
            now.changedForAll = false;
        });
    }

    /** Every user as known, without asking; empty while nothing is known that fits the question. A live view. */
    Optional<Map<SalesforceId, SalesforceUser>> users(OrgQuestion question) {
        return knows(question) ? known.map(now -> Collections.unmodifiableMap(now.users)) : Optional.empty();
    }

    /** What is known of some users, without asking. */
    OrgPicture pictureOf(Collection<SalesforceUser> some) {
        Known now = known.orElseThrow();
        return new OrgPicture(
                some, now.rights.of(some.stream().map(SalesforceUser::id).toList()), now.holders);
    }

    /** Whether one of these users was written to since the org was asked last. */
    boolean wroteToAny(Collection<SalesforceId> users) {
        return users.stream().anyMatch(written::contains);
    }

    /** The sign-in records of these users, as far as they have any. */
    Result<Map<SalesforceId, LoginRecord>> loginRecords(SalesforceOrg org, Collection<SalesforceId> users) {
        Map<SalesforceId, LoginRecord> read = known.filter(one -> one.question.org() == org)
                .map(one -> one.logins)
                .orElseGet(HashMap::new);
        Set<SalesforceId> unread =
                users.stream().filter(user -> !read.containsKey(user)).collect(Collectors.toSet());
        Result<Map<SalesforceId, LoginRecord>> asked =
                unread.isEmpty() ? Result.ok(Map.of()) : org.loginRecords(unread);
        return asked.map(found -> {
            read.putAll(found);
            return users.stream()
                    .map(read::get)
                    .filter(record -> record != null)
                    .collect(Collectors.toMap(LoginRecord::user, Function.identity(), (one, other) -> one));
        });
    }

    /** These were sent; what they took is looked at before it is relied on, since it leaves no trace to be followed. */
    void sent(Collection<Action> actions) {
        for (Action action : actions) {
            action.existingUser().ifPresent(user -> {
                written.add(user);
                if (takes(action)) {
                    touched.add(user);
                }
            });
        }
    }

    private static boolean takes(Action action) {
        return action instanceof Action.Withdraw
                || action instanceof Action.Deactivate
                || action.changes().containsKey("ProfileId");
    }

    /** Something may have happened that can't be followed. */
    void doubt() {
        known = Optional.empty();
        touched.clear();
        written.clear();
    }

    private boolean knows(OrgQuestion question) {
        return known.filter(one -> one.question.equals(question)).isPresent();
    }

    /** Shows the users there are, not a copy of them: they are others only after the next look. */
    private OrgPicture picture() {
        Known now = known.orElseThrow();
        return new OrgPicture(
                Collections.unmodifiableCollection(now.users.values()), now.rights.all(), Set.copyOf(now.holders));
    }

    private Result<Integer> readAll(OrgQuestion question) {
        doubt();
        long begin = nanoTime.getAsLong();
        CompletableFuture<Result<List<SalesforceUser>>> users = CompletableFuture.supplyAsync(question::users);
        CompletableFuture<Result<List<Assignment>>> rights = CompletableFuture.supplyAsync(question::rights);
        Result<List<SalesforceUser>> people = users.join();
        Result<List<Assignment>> held = rights.join();
        return people.flatMap(everybody ->
                held.flatMap(assignments -> question.holders().map(holders -> {
                    Known read = new Known(question, everybody, assignments, holders, begin);
                    read.readUpTo(everybody, begin, nanoTime.getAsLong());
                    known = Optional.of(read);
                    return everybody.size();
                })));
    }

    private Result<News> follow() {
        Known now = known.orElseThrow();
        long begin = nanoTime.getAsLong();
        return now.question
                .newsSince(now.readUpTo.minus(OVERLAP))
                .flatMap(news -> learn(now, news).map(learnt -> {
                    now.readUpTo(news.users(), begin, nanoTime.getAsLong());
                    now.rowsSeen = news.rights().keySet();
                    touched.clear();
                    written.clear();
                    return unheeded();
                }));
    }

    private Result<Integer> learn(Known now, OrgNews news) {
        Set<SalesforceId> asked = new HashSet<>(touched);
        boolean moved = !touched.isEmpty();
        for (Map.Entry<SalesforceId, SalesforceId> row : news.rights().entrySet()) {
            if (!now.rowsSeen.contains(row.getKey())) {
                moved = true;
                asked.add(row.getValue());
            }
        }
        // Rights last: what they take in must not be forgotten because something else could not be asked.
        Result<Set<SalesforceId>> holders = moved ? now.question.holders() : Result.ok(now.holders);
        return holders.flatMap(protectedUsers -> learnRights(now, asked).map(otherRights -> {
            now.changed.addAll(otherRights);
            now.changedForAll |= !protectedUsers.equals(now.holders);
            now.holders = protectedUsers;
            for (SalesforceUser user : news.users()) {
                SalesforceUser before = now.users.put(user.id(), user);
                if (before == null || !before.fields().equals(user.fields())) {
                    now.changed.add(user.id());
                }
            }
            for (LoginRecord login : news.logins()) {
                LoginRecord before = now.logins.computeIfPresent(login.user(), (user, any) -> login);
                if (before != null && !before.equals(login)) {
                    now.changed.add(login.user());
                }
            }
            return news.users().size();
        }));
    }

    /** Whose rights are others than before. */
    private static Result<Set<SalesforceId>> learnRights(Known now, Set<SalesforceId> users) {
        if (users.size() > MANY) {
            return now.question.rights().map(now.rights::replaceAll);
        }
        return now.question.rightsOf(users).map(found -> now.rights.replace(users, found));
    }
}
