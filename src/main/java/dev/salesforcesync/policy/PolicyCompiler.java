package dev.salesforcesync.policy;

import dev.salesforcesync.model.OrgDescription;

/** Turns rules into something that decides, or says everything that is wrong with them. */
public final class PolicyCompiler {
    private PolicyCompiler() {}

    /** Compiles the expressions, checks the rules against the org, and runs their tests. */
    public static PolicyCompilation compile(PolicyRules rules, OrgDescription org) {
        throw new UnsupportedOperationException();
    }
}
