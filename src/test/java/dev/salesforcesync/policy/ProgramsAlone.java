package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.expression.Expression;
import dev.salesforcesync.policy.expression.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The expressions of a policy, evaluated for everybody with nothing made of the results. */
public final class ProgramsAlone {
    private final CompiledPolicy policy;
    private final List<Expression> expressions;

    public ProgramsAlone(CompiledPolicy policy) {
        this.policy = policy;
        this.expressions = policy.programs();
    }

    /** What the programs are evaluated on, made ready beforehand. */
    public List<Facts> inputs(DirectoryPicture picture, Instant now) {
        Map<ObjectGuid, Set<String>> groups = GroupSets.of(picture.memberships());
        return picture.people().values().stream()
                .map(person -> facts(person, groups, now))
                .toList();
    }

    /** Nothing but the programs. */
    public void evaluate(List<Facts> inputs) {
        for (Facts facts : inputs) {
            expressions.forEach(expression -> expression.evaluate(facts));
        }
    }

    /** The programs, with their inputs read from the picture one person after the other. */
    public void readAndEvaluate(DirectoryPicture picture, Instant now) {
        Map<ObjectGuid, Set<String>> groups = GroupSets.of(picture.memberships());
        for (Person person : picture.people().values()) {
            Facts facts = facts(person, groups, now);
            expressions.forEach(expression -> expression.evaluate(facts));
        }
    }

    /** For how many people the policy evaluated its programs when it was asked last. */
    public static int evaluated(CompiledPolicy policy) {
        return policy.evaluated();
    }

    private Facts facts(Person person, Map<ObjectGuid, Set<String>> groups, Instant now) {
        return policy.facts(person, groups.getOrDefault(person.guid(), Set.of()), now);
    }
}
