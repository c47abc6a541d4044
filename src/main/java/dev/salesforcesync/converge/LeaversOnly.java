package dev.salesforcesync.converge;

import dev.salesforcesync.directory.DirectoryFeed;
import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Plan;
import dev.salesforcesync.plan.Planner;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Sighting;
import dev.salesforcesync.policy.Sightings;
import dev.salesforcesync.salesforce.SalesforceOrg.LoginRecord;
import dev.salesforcesync.salesforce.UserLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides about linked people who have left and about nobody else, for the time when the API budget allows no full
 * comparison: a few urgent calls for those who left since, none when nobody did.
 */
final class LeaversOnly {
    private final ResourceName name;
    private final OrgSession session;
    private final DirectoryFeed directory;
    private final CompiledPolicy policy;
    private final PeopleMeant meant;
    private final Clock clock;

    LeaversOnly(
            ResourceName name,
            OrgSession session,
            DirectoryFeed directory,
            CompiledPolicy policy,
            PeopleMeant meant,
            Clock clock) {
        this.name = name;
        this.session = session;
        this.directory = directory;
        this.policy = policy;
        this.meant = meant;
        this.clock = clock;
    }

    /** What Salesforce tells of the leavers. */
    private record Observed(
            List<SalesforceUser> users, Set<SalesforceId> holders, Map<SalesforceId, LoginRecord> loginRecords) {}

    /**
     * Reads and decides; empty when nobody left who was not looked at before.
     *
     * @param concerned about whom it is to be decided
     */
    Result<Optional<Decision>> decide(
            Predicate<ObjectGuid> concerned, LeaversSeen seen, Function<Plan, Guard.Verdict> verdict) {
        Instant now = clock.instant();
        Result<DirectoryPicture> read = directory.picture().map(Result::ok).orElseGet(directory::readAll);
        return read.flatMap(picture -> {
            Map<ObjectGuid, Desire> desires = policy.desires(picture, now);
            List<PersonLink> ours = session.ledger().links().values().stream()
                    .filter(link -> link.policy().equals(name.toString()) && concerned.test(link.person()))
                    .filter(link -> isOurs(desires.get(link.person())) || !isMeantByOthers(link.person()))
                    .toList();
            return locate(picture, ours).flatMap(places -> {
                Map<ObjectGuid, Sighting> sightings = Sightings.awaiting(
                        Sightings.of(picture, desires, places, linking(ours), now),
                        meant.unheard(name, session.orgId(), now).stream().toList());
                List<PersonLink> leavers = seen.news(ours, sightings);
                return leavers.isEmpty()
                        ? Result.ok(Optional.empty())
                        : observe(leavers).map(org -> {
                            Decision decision = decided(picture, leavers, sightings, org, verdict, now);
                            seen.add(leavers, sightings, decision.plan());
                            return Optional.of(decision);
                        });
            });
        });
    }

    private static boolean isOurs(@Nullable Desire desire) {
        return desire != null && !(desire instanceof Desire.OutOfScope);
    }

    private boolean isMeantByOthers(ObjectGuid person) {
        return meant.besides(name, session.orgId()).values().stream().anyMatch(people -> people.contains(person));
    }

    private Result<Map<ObjectGuid, Whereabouts>> locate(DirectoryPicture picture, List<PersonLink> ours) {
        Set<ObjectGuid> missing = Sightings.missing(picture, ours);
        return missing.isEmpty() ? Result.ok(Map.of()) : directory.locate(missing, policy.attributesRead());
    }

    private Result<Observed> observe(List<PersonLink> leavers) {
        UserLookup urgently = session.org().urgent();
        Set<SalesforceId> ids = leavers.stream().map(PersonLink::user).collect(Collectors.toSet());
        return urgently.readUsersBy("Id", ids.stream().map(SalesforceId::value).toList(), policy.fieldsRead())
                .flatMap(users -> urgently.assigneesOf(session.protectedPermissionSets(policy))
                        .flatMap(holders ->
                                urgently.loginRecords(ids).map(records -> new Observed(users, holders, records))));
    }

    private Decision decided(
            DirectoryPicture picture,
            List<PersonLink> leavers,
            Map<ObjectGuid, Sighting> sightings,
            Observed org,
            Function<Plan, Guard.Verdict> verdict,
            Instant now) {
        Plan plan = Planner.plan(
                policy,
                new PlanInput(
                        Map.of(),
                        linking(leavers),
                        sightings,
                        org.users(),
                        org.loginRecords().values().stream()
                                .filter(LoginRecord::frozen)
                                .map(LoginRecord::user)
                                .collect(Collectors.toSet()),
                        new Recollection(session.ledger(), leavers).holds(),
                        Set.of(),
                        Map.of(),
                        org.holders(),
                        List.of(),
                        Map.of(),
                        Set.of(),
                        session.description()));
        return new Decision(
                policy,
                picture,
                linking(leavers),
                plan,
                verdict.apply(plan),
                org.loginRecords(),
                Standings.NONE,
                Set.of(),
                Map.of("plan", Duration.between(now, clock.instant())),
                now);
    }

    private static Linking linking(List<PersonLink> links) {
        return new Linking(links, List.of(), Set.of(), List.of(), List.of());
    }
}
