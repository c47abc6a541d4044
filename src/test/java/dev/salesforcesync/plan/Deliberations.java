package dev.salesforcesync.plan;

import static dev.salesforcesync.policy.SmallWorld.NOW;
import static dev.salesforcesync.policy.SmallWorld.POLICY;

import dev.salesforcesync.model.Assignment;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.GivenRight;
import dev.salesforcesync.model.Hold;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.SalesforceId;
import dev.salesforcesync.model.SalesforceUser;
import dev.salesforcesync.model.Whereabouts;
import dev.salesforcesync.plan.Guard.GuardInput;
import dev.salesforcesync.plan.Planner.PlanInput;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.Desire;
import dev.salesforcesync.policy.Linker;
import dev.salesforcesync.policy.Linker.LinkingInput;
import dev.salesforcesync.policy.Linking;
import dev.salesforcesync.policy.Sightings;
import dev.salesforcesync.policy.SmallWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs of the whole core, from what both sides hold to the guard's verdict. */
final class Deliberations {
    final List<SalesforceUser> users = new ArrayList<>();
    final List<PersonLink> known = new ArrayList<>();
    final Map<ObjectGuid, Whereabouts> elsewhere = new HashMap<>();
    final Set<SalesforceId> frozen = new HashSet<>();
    final List<Hold> holds = new ArrayList<>();
    final List<Assignment> assignments = new ArrayList<>();
    final Map<SalesforceId, Set<GivenRight>> given = new HashMap<>();
    final Map<Kind, Guard.Limit> limits = new HashMap<>();
    Guard.Mode mode = Guard.Mode.ENFORCE;

    static Deliberations of(RandomWorld world) {
        Deliberations all = new Deliberations();
        all.users.addAll(world.observed());
        all.known.addAll(world.known.values());
        all.elsewhere.putAll(world.elsewhere);
        all.frozen.addAll(world.frozen);
        all.holds.addAll(world.holds);
        all.assignments.addAll(world.assignments);
        all.given.putAll(world.given);
        return all;
    }

    Deliberation run(CompiledPolicy policy, DirectoryPicture picture) {
        Map<ObjectGuid, Desire> desires = policy.desires(picture, NOW);
        Linking linking = Linker.link(
                policy,
                new LinkingInput(
                        picture.people(),
                        picture.memberships(),
                        desires,
                        users,
                        known,
                        Set.of(),
                        Map.of(POLICY, 0, "apps/other", 0),
                        Map.of(),
                        Set.of(),
                        SmallWorld.org(),
                        NOW));
        PlanInput input = new PlanInput(
                desires,
                linking,
                Sightings.of(picture, desires, elsewhere, linking, NOW),
                users,
                frozen,
                holds,
                Set.of(),
                Map.of(),
                Set.of(),
                assignments,
                given,
                Set.of(),
                SmallWorld.org());
        Plan plan = Planner.plan(policy, input);
        Guard.Verdict verdict =
                Guard.judge(plan, new GuardInput(mode, 100, limits, 0, Map.of(), List.of(), Set.of(), Set.of(), NOW));
        return new Deliberation(policy, picture, input, plan, mode, verdict, Map.of());
    }
}
