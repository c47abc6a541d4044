package dev.salesforcesync.converge;

import dev.salesforcesync.converge.PolicySnapshot.Phase;
import dev.salesforcesync.converge.Standings.Decided;
import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.failure.Failure;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.ledger.Entry;
import dev.salesforcesync.ledger.LedgerChange;
import dev.salesforcesync.model.CreateIntent;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.plan.Action;
import dev.salesforcesync.plan.Deliberation;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.plan.Planner;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linker;
import dev.salesforcesync.policy.Linker.LinkingInput;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Neighbourhood;
import dev.salesforcesync.policy.Neighbourhood.Surroundings;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.Sightings;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One comparison up to its first write: has both sides read at the same time, or followed where that is enough, links,
 * desires, plans and asks the guard.
 */
final class Comparison {
    /** With more people than this, and than one in {@link #SHARE_FOR_ALL}, deciding about everybody is no more work. */
    private static final int LEAST_FOR_ALL = 500;

    private static final int SHARE_FOR_ALL = 5;

    private final ResourceName name;
    private final OrgSession session;
    private final DirectoryFeed directory;
    private final FollowedOrg followedOrg;
    private final PlacesSeen placesSeen;
    private final CompiledPolicy policy;
    private final PeopleMeant meant;
    private final Clock clock;
    private final Consumer<Phase> listener;
    private final Map<String, Duration> phases = new LinkedHashMap<>();

    Comparison(
            ResourceName name,
            OrgSession session,
            DirectoryFeed directory,
            FollowedOrg followedOrg,
            PlacesSeen placesSeen,
            CompiledPolicy policy,
            PeopleMeant meant,
            Clock clock,
            Consumer<Phase> listener) {
        this.name = name;
        this.session = session;
        this.directory = directory;
        this.followedOrg = followedOrg;
        this.placesSeen = placesSeen;
        this.policy = policy;
        this.meant = meant;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * What both sides hold, as read or as far as it concerns some people.
     *
     * @param anew whether everything was read in full
     */
    private record Sides(DirectoryPicture picture, OrgPicture org, boolean anew) {
        Collection<SalesforceUser> users() {
            return org.users();
        }
    }

    /** What was found out about linked people and their users. */
    private record Findings(
            Map<ObjectGuid, Desire> desires,
            Linking linking,
            Map<ObjectGuid, Sighting> sightings,
            Map<SalesforceId, LoginRecord> loginRecords) {}

    /**
     * Reads and decides.
     *
     * @param anew whether both sides are read in full, even if what is known of them is current
     * @param before how everybody stood
     * @param refusedNames usernames in lower case that another org has
     * @param priorities of the living policies on the org
     * @param verdict asks the guard, given the plan and the number of linked active users
     */
    Result<Decision> decide(
            boolean anew,
            Standings before,
            Map<String, Integer> priorities,
            Set<String> refusedNames,
            BiFunction<Plan, Integer, Guard.Verdict> verdict) {
        Instant now = clock.instant();
        return timed("read", Phase.READING, () -> read(anew))
                .flatMap(sides -> timed(
                        "plan",
                        Phase.PLANNING,
                        () -> findings(sides, priorities, now)
                                .map(found -> decided(sides, found, refusedNames, verdict, before::ofAll, now))));
    }

    /**
     * Decides about some people and whomever that depends on, by what is known of both sides; asks Salesforce what is
     * new only where it must know.
     *
     * @param before how everybody stood
     * @return empty when it must be decided about everybody
     */
    Result<Optional<Decision>> decideAbout(
            Set<ObjectGuid> concerned,
            Standings before,
            Map<String, Integer> priorities,
            Set<String> refusedNames,
            BiFunction<Plan, Integer, Guard.Verdict> verdict) {
        Instant now = clock.instant();
        OrgQuestion question = OrgQuestion.of(session, policy);
        Optional<DirectoryPicture> picture = directory
                .picture()
                .filter(current -> before.isFrom(current.completeness()))
                .filter(current -> !creationsAreOpen());
        if (picture.isEmpty()) {
            return Result.ok(Optional.empty());
        }
        Function<FollowedOrg.News, Optional<Neighbourhood>> around =
                news -> neighbourhood(concerned, news, before, picture.get(), question, now);
        Optional<Neighbourhood> known = around.apply(followedOrg.unheeded());
        Result<Optional<Neighbourhood>> current = known.filter(this::isOutdated).isPresent()
                ? timed("read", Phase.READING, () -> followedOrg.news(question).map(around))
                : Result.ok(known);
        return current.flatMap(found -> found.isEmpty()
                ? Result.ok(Optional.empty())
                : timed(
                        "plan",
                        Phase.PLANNING,
                        () -> about(found.get(), priorities, now).flatMap(findings -> {
                            Decision decision = decided(
                                    sides(found.get()),
                                    findings,
                                    refusedNames,
                                    verdict,
                                    decided -> before.ofSome(found.get().people(), decided),
                                    now);
                            Set<ObjectGuid> referring = new HashSet<>(
                                    policy.referringTo(decision.standings().moved(), picture.get()));
                            if (found.get().people().containsAll(referring)) {
                                return Result.ok(Optional.of(decision));
                            }
                            // To whoever refers to them it matters that somebody comes, goes, or has a user now.
                            referring.addAll(found.get().people());
                            return decideAbout(referring, before, priorities, refusedNames, verdict);
                        })));
    }

    /** Whether the org must be asked first: our own writes are not known yet, or a name may have been taken. */
    private boolean isOutdated(Neighbourhood some) {
        Set<SalesforceId> users = some.users().stream().map(SalesforceUser::id).collect(Collectors.toSet());
        Set<ObjectGuid> linked = some.links().stream().map(PersonLink::person).collect(Collectors.toSet());
        return followedOrg.wroteToAny(users)
                || some.links().stream().anyMatch(link -> !users.contains(link.user()))
                || some.desires().values().stream()
                        .filter(desire -> !(desire instanceof Desire.OutOfScope))
                        .anyMatch(desire -> !linked.contains(desire.person()));
    }

    private boolean creationsAreOpen() {
        return session.ledger().intents().values().stream()
                .anyMatch(intent -> intent.policy().equals(name.toString()));
    }

    private Optional<Neighbourhood> neighbourhood(
            Set<ObjectGuid> concerned,
            FollowedOrg.News news,
            Standings before,
            DirectoryPicture picture,
            OrgQuestion question,
            Instant now) {
        Optional<Map<SalesforceId, SalesforceUser>> users = followedOrg.users(question);
        if (news.forAll() || users.isEmpty()) {
            return Optional.empty();
        }
        Set<ObjectGuid> all = new HashSet<>(concerned);
        Set<SalesforceId> nobodys = new HashSet<>(news.users());
        if (!news.users().isEmpty()) {
            session.ledger().links().values().stream()
                    .filter(link -> news.users().contains(link.user()))
                    .forEach(link -> {
                        all.add(link.person());
                        nobodys.remove(link.user());
                    });
        }
        if (!nobodys.isEmpty() && before.anybodyIsWithoutUser()) {
            // Somebody may be meant to have one of them.
            return Optional.empty();
        }
        int most = Math.max(LEAST_FOR_ALL, picture.people().size() / SHARE_FOR_ALL);
        return Neighbourhood.of(
                policy,
                all,
                nobodys,
                most,
                new Surroundings(picture, users.get(), session.ledger().links(), before.problems(), now));
    }

    private Sides sides(Neighbourhood some) {
        return new Sides(some.picture(), followedOrg.pictureOf(some.users()), false);
    }

    private Result<Findings> about(Neighbourhood some, Map<String, Integer> priorities, Instant now) {
        Sides sides = sides(some);
        meant.saysOf(
                name,
                session.orgId(),
                some.people(),
                some.desires(),
                sides.picture().completeness().isProven());
        List<PersonLink> ours = ours(some.links());
        Set<ObjectGuid> missing = missing(sides, ours);
        Result<Map<ObjectGuid, Whereabouts>> places =
                missing.isEmpty() ? Result.ok(Map.of()) : directory.locate(missing, policy.attributesRead());
        return places.flatMap(found -> findings(sides, some.desires(), some.links(), found, priorities, now));
    }

    /**
     * Reads and decides, for somebody who wants to know and not to do.
     *
     * @param refusedNames usernames in lower case that another org has
     * @param waits why an action waits that the guard lets through
     */
    Result<Deliberation> deliberate(
            Map<String, Integer> priorities,
            Set<String> refusedNames,
            Guard.Mode mode,
            BiFunction<Plan, Integer, Guard.Verdict> verdict,
            Function<Action, Optional<Failure>> waits) {
        Instant now = clock.instant();
        return read(false)
                .flatMap(sides -> findings(sides, priorities, now).map(found -> {
                    Recollection memory =
                            new Recollection(session.ledger(), found.linking().links());
                    PlanInput input =
                            input(sides, found, memory, memory.settledEmails(sides.users(), now), refusedNames);
                    Plan plan = Planner.plan(policy, input);
                    Map<String, String> waiting = new HashMap<>();
                    plan.actions()
                            .forEach(action -> waits.apply(action)
                                    .ifPresent(why -> waiting.put(action.key(), why.reason() + ". " + why.message())));
                    return new Deliberation(
                            policy,
                            sides.picture(),
                            input,
                            plan,
                            mode,
                            verdict.apply(plan, linkedActive(found.linking(), sides.users())),
                            waiting);
                }));
    }

    private Decision decided(
            Sides sides,
            Findings found,
            Set<String> refusedNames,
            BiFunction<Plan, Integer, Guard.Verdict> verdict,
            Function<Decided, Standings> standing,
            Instant now) {
        Recollection memory = new Recollection(session.ledger(), found.linking().links());
        Set<SalesforceId> settledEmails = memory.settledEmails(sides.users(), now);
        Plan plan = Planner.plan(policy, input(sides, found, memory, settledEmails, refusedNames));
        Standings standings = standing.apply(new Decided(
                found.desires(),
                found.linking(),
                found.sightings(),
                sides.users(),
                plan,
                sides.picture().completeness()));
        return new Decision(
                policy,
                sides.picture(),
                found.linking(),
                plan,
                verdict.apply(plan, standings.census().linkedActive()),
                found.loginRecords(),
                standings,
                settledEmails,
                phases,
                now);
    }

    private PlanInput input(
            Sides sides,
            Findings found,
            Recollection memory,
            Set<SalesforceId> settledEmails,
            Set<String> refusedNames) {
        return new PlanInput(
                found.desires(),
                found.linking(),
                found.sightings(),
                sides.users(),
                found.loginRecords().values().stream()
                        .filter(LoginRecord::frozen)
                        .map(LoginRecord::user)
                        .collect(Collectors.toSet()),
                memory.holds(),
                memory.pendingEmails(found.desires(), settledEmails),
                Map.of(),
                sides.org().holders(),
                sides.org().assignments(),
                memory.given(),
                memory.newcomers(name),
                refusedNames,
                session.description());
    }

    private Result<Sides> read(boolean anew) {
        CompletableFuture<Result<OrgPicture>> org =
                CompletableFuture.supplyAsync(() -> followedOrg.look(OrgQuestion.of(session, policy), anew));
        Optional<DirectoryPicture> current = anew ? Optional.empty() : directory.picture();
        Result<DirectoryPicture> picture = current.map(Result::ok).orElseGet(directory::readAll);
        Result<OrgPicture> users = org.join();
        return picture.flatMap(people -> users.map(everybody -> new Sides(people, everybody, anew)));
    }

    private Result<Findings> findings(Sides sides, Map<String, Integer> priorities, Instant now) {
        Map<ObjectGuid, Desire> desires = policy.desires(sides.picture(), now);
        meant.says(
                name,
                session.orgId(),
                desires.values(),
                sides.picture().completeness().isProven());
        return settleIntents()
                .flatMap(known -> whereabouts(sides, known, now)
                        .flatMap(places -> findings(sides, desires, known, places, priorities, now)));
    }

    private Result<Findings> findings(
            Sides sides,
            Map<ObjectGuid, Desire> desires,
            List<PersonLink> known,
            Map<ObjectGuid, Whereabouts> places,
            Map<String, Integer> priorities,
            Instant now) {
        Linking linking = Linker.link(
                policy,
                new LinkingInput(
                        sides.picture().people(),
                        sides.picture().memberships(),
                        desires,
                        sides.users(),
                        known,
                        deleted(places),
                        priorities,
                        meant.besides(name, session.orgId()),
                        sides.org().holders(),
                        session.description(),
                        now));
        Map<ObjectGuid, Sighting> sightings = Sightings.awaiting(
                Sightings.of(sides.picture(), desires, places, linking, now),
                meant.unheard(name, session.orgId(), now).stream().toList());
        return loginRecords(linking, sightings).map(records -> new Findings(desires, linking, sightings, records));
    }

    private static Set<ObjectGuid> deleted(Map<ObjectGuid, Whereabouts> places) {
        return places.entrySet().stream()
                .filter(place -> place.getValue() instanceof Whereabouts.Deleted)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Creations that were under way when the operator was stopped: whoever is there now and is new, is ours. */
    private Result<List<PersonLink>> settleIntents() {
        Map<String, CreateIntent> open = new HashMap<>();
        session.ledger().intents().values().stream()
                .filter(intent -> intent.policy().equals(name.toString()))
                .forEach(intent -> open.put(intent.username().toLowerCase(Locale.ROOT), intent));
        if (open.isEmpty()) {
            return Result.ok(List.copyOf(session.ledger().links().values()));
        }
        return session.org()
                .readUsersBy("Username", open.keySet(), Set.of(CreatedUsers.CREATED_DATE))
                .flatMap(found -> {
                    List<LedgerChange> changes = new ArrayList<>();
                    for (SalesforceUser user : found) {
                        CreateIntent intent = open.get(user.username().toLowerCase(Locale.ROOT));
                        if (intent != null && CreatedUsers.since(user, intent.since())) {
                            changes.add(new LedgerChange.Put(
                                    new Entry.Link(new PersonLink(intent.person(), user.id(), name.toString()))));
                        }
                    }
                    open.values()
                            .forEach(intent -> changes.add(new LedgerChange.Remove(Entry.Intent.key(intent.person()))));
                    return session.ledger()
                            .record(changes)
                            .map(stored -> List.copyOf(session.ledger().links().values()));
                });
    }

    private Result<Map<ObjectGuid, Whereabouts>> whereabouts(Sides sides, List<PersonLink> known, Instant now) {
        List<PersonLink> ours = ours(known);
        Set<ObjectGuid> missing = missing(sides, ours);
        Set<ObjectGuid> unknown = placesSeen.unknown(missing, settled(sides, ours)::contains, sides.anew(), now);
        Result<Map<ObjectGuid, Whereabouts>> located =
                unknown.isEmpty() ? Result.ok(Map.of()) : directory.locate(unknown, policy.attributesRead());
        return located.map(found -> placesSeen.learn(missing, found));
    }

    private List<PersonLink> ours(List<PersonLink> links) {
        return links.stream()
                .filter(link -> link.policy().equals(name.toString()))
                .toList();
    }

    /** People whom the picture does not show and of whom it must be known where they are. */
    private Set<ObjectGuid> missing(Sides sides, List<PersonLink> ours) {
        Set<ObjectGuid> missing = new TreeSet<>(Sightings.missing(sides.picture(), ours));
        missing.addAll(Forerunners.of(policy.rules().anchorField(), sides.users(), ours, sides.picture()));
        return missing;
    }

    /** People whose users are inactive: whatever became of them, nothing is left to be taken. */
    private static Set<ObjectGuid> settled(Sides sides, List<PersonLink> links) {
        Set<SalesforceId> inactive = sides.users().stream()
                .filter(user -> !user.active())
                .map(SalesforceUser::id)
                .collect(Collectors.toSet());
        return links.stream()
                .filter(link -> inactive.contains(link.user()))
                .map(PersonLink::person)
                .collect(Collectors.toSet());
    }

    /** Only of those who leave, have left or may come back: nobody else's sign-in is ours to touch. */
    private Result<Map<SalesforceId, LoginRecord>> loginRecords(Linking linking, Map<ObjectGuid, Sighting> sightings) {
        Set<SalesforceId> wanted = new HashSet<>();
        for (PersonLink link : linking.links()) {
            boolean gone = !(sightings.get(link.person()) instanceof Sighting.Present);
            if (gone || session.ledger().holds().containsKey(link.user())) {
                wanted.add(link.user());
            }
        }
        return followedOrg.loginRecords(session.org(), wanted);
    }

    private static int linkedActive(Linking linking, Collection<SalesforceUser> users) {
        Map<SalesforceId, SalesforceUser> byId =
                users.stream().collect(Collectors.toMap(SalesforceUser::id, Function.identity()));
        return (int) linking.links().stream()
                .map(link -> byId.get(link.user()))
                .filter(user -> user != null && user.active())
                .count();
    }

    private <T> Result<T> timed(String phase, Phase shown, Supplier<Result<T>> work) {
        listener.accept(shown);
        Instant begin = clock.instant();
        Result<T> result = work.get();
        phases.put(phase, Duration.between(begin, clock.instant()));
        return result;
    }
}
