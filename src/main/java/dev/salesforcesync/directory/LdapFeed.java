package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.directory.ChangePosition.Coverage;
import dev.salesforcesync.directory.ChangeSource.Answer;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows Active Directory over LDAP. */
final class LdapFeed implements DirectoryFeed {
    /** Deletions are forgotten after the tombstone lifetime, 60 days in old forests (MS-ADTS 3.1.1.5.5). */
    private static final Duration OLDEST_POSITION = Duration.ofDays(30);

    /** How long replication within a forest usually takes; a controller of which nothing is known gets that long. */
    private static final Duration REPLICATION_GRACE = Duration.ofMinutes(15);

    /** What a controller says to a cookie that it does not take; the list is from Samba and from Microsoft's notes. */
    private static final Set<ResultCode> REJECTIONS = Set.of(
            ResultCode.UNAVAILABLE_CRITICAL_EXTENSION,
            ResultCode.UNWILLING_TO_PERFORM,
            ResultCode.OPERATIONS_ERROR,
            ResultCode.PROTOCOL_ERROR,
            ResultCode.PARAM_ERROR,
            ResultCode.FILTER_ERROR);

    private final DirectoryConnections connections;
    private final ReadSteps steps;
    private final ReadRequest request;
    private final List<Filter> filters;
    private final ChangeSources sources;
    private final DueTimes dueTimes;
    private final ChangeBell bell;
    private final Clock clock;

    private Optional<Session> session = Optional.empty();
    private Optional<State> state = Optional.empty();
    private Optional<ChangePosition> newest;
    private Optional<Instant> strangerSince = Optional.empty();
    private Instant lastAsked = Instant.MIN;
    private final Set<ObjectGuid> untold = new HashSet<>();

    LdapFeed(
            DirectoryConnections connections,
            ReadSteps steps,
            ReadRequest request,
            List<Filter> filters,
            Following following,
            Clock clock) {
        this.connections = connections;
        this.steps = steps;
        this.request = request;
        this.filters = filters;
        this.sources = new ChangeSources(following.mode(), steps, request.attributes());
        this.dueTimes = new DueTimes(request.inactivity());
        this.bell = new ChangeBell(connections, following);
        this.newest = following.lastKnown();
        this.clock = clock;
    }

    /** What is known and how it goes on from there. */
    private record State(
            KnownDomain known,
            Optional<ChangeSource> source,
            Optional<ChangePosition> position,
            boolean stranger,
            Instant asked) {
        State at(ChangePosition next, Instant when) {
            return new State(known, source, Optional.of(next), stranger, when);
        }
    }

    @Override
    public Result<DirectoryPicture> readAll() {
        state = Optional.empty();
        untold.clear();
        // Given back first: the pool returns to the preferred controller when it answers again.
        letGo();
        return hold().flatMap(held -> over(held, one -> {
            Instant began = clock.instant();
            return sources.start(one)
                    .flatMap(start -> new FullRead(one, steps, request)
                            .run(filters)
                            .map(known -> taken(one, known, start, began)));
        }));
    }

    private DirectoryPicture taken(Session one, KnownDomain known, Optional<ChangeSources.Start> start, Instant began) {
        boolean stranger = start.isPresent() && doubtServer(start.get().position(), known);
        dueTimes.renew(known.people().values(), began);
        state = Optional.of(new State(
                known,
                start.map(ChangeSources.Start::source),
                start.map(ChangeSources.Start::position),
                stranger,
                began));
        if (!stranger) {
            newest = start.map(ChangeSources.Start::position).or(() -> newest);
        }
        bell.ensure(one, clock.instant());
        return known.picture(began);
    }

    /**
     * A controller that has not yet received what another has shown knows nobody's absence.
     *
     * @return whether there is a doubt
     */
    private boolean doubtServer(ChangePosition here, KnownDomain known) {
        Coverage coverage = newest.map(here::covers).orElse(Coverage.YES);
        if (coverage == Coverage.YES) {
            strangerSince = Optional.empty();
            return false;
        }
        if (coverage == Coverage.NO) {
            known.doubts()
                    .add(
                            "ServerBehind",
                            "The domain controller has not yet received changes that another one has shown. It is read"
                                    + " again as soon as it has; check replication if this lasts. If the domain was"
                                    + " restored from a backup and they are gone for good, set"
                                    + " spec.directory.acceptServerBehind to '"
                                    + newest.map(ChangePosition::token).orElse("") + "'.");
            return true;
        }
        Instant since = strangerSince.orElse(clock.instant());
        strangerSince = Optional.of(since);
        if (graceIsOver()) {
            strangerSince = Optional.empty();
            return false;
        }
        known.doubts()
                .add(
                        "ServerChanged",
                        "Another domain controller answers than before, and it does not tell whether it has received"
                                + " everything. Nobody's absence counts until "
                                + since.plus(REPLICATION_GRACE) + ".");
        return true;
    }

    private boolean graceIsOver() {
        return strangerSince
                .map(since -> !since.plus(REPLICATION_GRACE).isAfter(clock.instant()))
                .orElse(false);
    }

    private boolean hasCaughtUp(ChangePosition here) {
        Coverage coverage = newest.map(here::covers).orElse(Coverage.YES);
        return coverage == Coverage.YES || (coverage == Coverage.UNKNOWN && graceIsOver());
    }

    @Override
    public Result<FeedUpdate> poll() {
        if (state.isEmpty()) {
            return Result.ok(new FeedUpdate.ReadAgain("NotRead", "Nothing has been read yet."));
        }
        State now = state.get();
        if (now.source().isEmpty() || now.position().isEmpty()) {
            return Result.ok(again("NotFollowed", "The directory's changes are not followed."));
        }
        if (now.asked().plus(OLDEST_POSITION).isBefore(clock.instant())) {
            return Result.ok(again("PositionTooOld", "Deletions may have been forgotten meanwhile."));
        }
        letGoIdle();
        boolean another = session.isEmpty();
        return hold().flatMap(held -> over(held, one -> {
            if (another && !sameDatabase(one, now)) {
                return Result.ok(again("ServerChanged", "Another domain controller answers."));
            }
            try {
                bell.ensure(one, clock.instant());
                return poll(one, now);
            } catch (LDAPException e) {
                if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                    return Result.ok(again("BaseMoved", "A place that the searches name is no longer there."));
                }
                throw e;
            }
        }));
    }

    private Result<FeedUpdate> poll(Session held, State now) throws LDAPException {
        Answer answer;
        try {
            answer = now.source().orElseThrow().since(held, now.position().orElseThrow());
        } catch (LDAPException e) {
            if (REJECTIONS.contains(e.getResultCode())) {
                return Result.ok(again("PositionRejected", "The domain controller does not take the position back."));
            }
            throw e;
        }
        if (now.stranger() && hasCaughtUp(answer.next())) {
            return Result.ok(again("ServerCaughtUp", "The domain controller now knows as much as the one before."));
        }
        Instant instant = clock.instant();
        KnownDomain known = now.known();
        Set<ObjectGuid> due = dueTimes.due(known.people().values(), instant);
        untold.addAll(due);
        if (!answer.changes().isEmpty() || !untold.isEmpty()) {
            // Whoever a failed attempt had touched is read again with the others.
            Set<ObjectGuid> again = Set.copyOf(untold);
            new FollowUp(held, steps, request, filters, known, untold).apply(answer.changes(), again);
            known.settle(untold);
            for (ObjectGuid guid : untold) {
                Optional.ofNullable(known.people().get(guid)).ifPresent(person -> dueTimes.add(person, instant));
            }
        }
        state = Optional.of(now.at(answer.next(), instant));
        if (!now.stranger()) {
            newest = Optional.of(answer.next());
        }
        if (untold.isEmpty()) {
            return Result.ok(new FeedUpdate.Unchanged());
        }
        FeedUpdate.Changed changed = new FeedUpdate.Changed(untold);
        untold.clear();
        return Result.ok(changed);
    }

    private FeedUpdate again(String reason, String message) {
        state = Optional.empty();
        return new FeedUpdate.ReadAgain(reason, message);
    }

    private static boolean sameDatabase(Session held, State now) throws LDAPException {
        String before = now.position().orElseThrow().server();
        return held.invocationId()
                .filter(database -> database.toString().equals(before))
                .isPresent();
    }

    @Override
    public Optional<DirectoryPicture> picture() {
        return untold.isEmpty() ? state.map(one -> one.known().picture(one.asked())) : Optional.empty();
    }

    @Override
    public Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes) {
        if (identities.isEmpty()) {
            return Result.ok(Map.of());
        }
        return hold().flatMap(held -> over(held, one -> new IdentityLookup(one, steps).find(identities, attributes)));
    }

    @Override
    public Optional<ChangePosition> position() {
        return newest;
    }

    /** A server cuts who says nothing for long: then another connection is made in time, and nothing is lost. */
    private void letGoIdle() {
        if (!lastAsked.plus(DirectoryConnections.MAX_AGE).isAfter(clock.instant())) {
            letGo();
        }
    }

    private Result<Session> hold() {
        letGoIdle();
        if (session.isPresent()) {
            return Result.ok(session.get());
        }
        Result<Session> taken = connections.take();
        if (taken instanceof Result.Ok<Session> ok) {
            session = Optional.of(ok.value());
        }
        return taken;
    }

    private <T> Result<T> over(Session held, DirectoryConnections.Question<T> question) {
        Result<T> result = DirectoryConnections.askOver(held, question);
        lastAsked = clock.instant();
        if (held.isBroken()) {
            letGo();
        }
        return result;
    }

    private void letGo() {
        session.ifPresent(connections::giveBack);
        session = Optional.empty();
    }

    @Override
    public void close() {
        bell.close();
        letGo();
        connections.close();
    }
}
