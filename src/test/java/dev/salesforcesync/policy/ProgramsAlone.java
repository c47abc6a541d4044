package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.Person;
import dev.salesforcesync.policy.expression.Expression;
import dev.salesforcesync.policy.expression.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The expressions of a policy, evaluated for everybody with nothing made of the results. */
public final class ProgramsAlone {
    private final CompiledPolicy policy;
    private final List<Expression> expressions;

    public ProgramsAlone(CompiledPolicy policy) {
        this.policy = policy;
        this.expressions = policy.fieldExpressions();
    }

    public void evaluate(DirectoryPicture picture, Instant now) {
        for (Person person : picture.people().values()) {
            Facts facts = policy.facts(person, Set.of(), now);
            expressions.forEach(expression -> expression.evaluate(facts));
        }
    }
}
