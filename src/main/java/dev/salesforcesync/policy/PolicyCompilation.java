package dev.salesforcesync.policy;

import java.util.List;

/** What came of compiling rules. */
public sealed interface PolicyCompilation {

    /** The rules hold together and fit the org. */
    record Accepted(CompiledPolicy policy) implements PolicyCompilation {}

    /**
     * They do not.
     *
     * @param problems all of them, in the order of their paths; never empty
     */
    record Refused(List<RuleProblem> problems) implements PolicyCompilation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
