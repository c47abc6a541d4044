package dev.salesforcesync.converge;

import dev.salesforcesync.model.OrgDescription;
import dev.salesforcesync.policy.CompiledPolicy;
import dev.salesforcesync.policy.PolicyCompilation;
import dev.salesforcesync.policy.PolicyCompiler;
import dev.salesforcesync.policy.PolicyRules;
import dev.salesforcesync.policy.RuleProblem;
import java.util.List;
import java.util.Optional;

/**
 * Decides which order is carried out: the newest one, or while its rules are refused the one accepted before, with the
 * newest brakes, credentials and terms of the connection. Not safe for several threads.
 */
final class RulesInForce {
    private Optional<Compiled> newest = Optional.empty();
    private Optional<Compiled> kept = Optional.empty();
    private Optional<Ruling> accepted = Optional.empty();

    /** What is carried out, and by which rules. */
    record Ruling(PolicyOrder order, CompiledPolicy policy) {}

    /**
     * An answer.
     *
     * @param running what to carry out; empty for nothing
     * @param problems why the newest rules are refused; empty when they are not
     * @param news whether the newest rules were looked at for the first time
     */
    record Answer(Optional<Ruling> running, List<RuleProblem> problems, boolean news) {}

    /** What compiling was asked for: the same question has the same answer. */
    private record Compiled(PolicyRules rules, OrgDescription org, PolicyCompilation result) {
        static Compiled of(PolicyRules rules, OrgDescription org) {
            return new Compiled(rules, org, PolicyCompiler.compile(rules, org));
        }

        boolean answers(PolicyRules asked, OrgDescription askedOrg) {
            return rules.equals(asked)
                    && org.userFields().equals(askedOrg.userFields())
                    && org.profiles().equals(askedOrg.profiles())
                    && org.roles().equals(askedOrg.roles())
                    && org.entitlements().equals(askedOrg.entitlements());
        }
    }

    /**
     * Judges the newest order.
     *
     * @param remembered the order that an earlier process accepted last
     */
    Answer judge(PolicyOrder current, Optional<PolicyOrder> remembered, OrgDescription org) {
        boolean known = newest.filter(c -> c.answers(current.rules(), org)).isPresent();
        Compiled compiled = known ? newest.get() : Compiled.of(current.rules(), org);
        newest = Optional.of(compiled);
        if (compiled.result() instanceof PolicyCompilation.Accepted fits) {
            accepted = Optional.of(new Ruling(current, fits.policy()));
            kept = Optional.empty();
            return new Answer(accepted, List.of(), !known);
        }
        List<RuleProblem> problems = ((PolicyCompilation.Refused) compiled.result()).problems();
        if (accepted.isEmpty()) {
            accepted = remembered.flatMap(order -> accept(order, org));
        }
        return new Answer(accepted.flatMap(earlier -> keep(earlier, current, org)), problems, !known);
    }

    private static Optional<Ruling> accept(PolicyOrder order, OrgDescription org) {
        return PolicyCompiler.compile(order.rules(), org) instanceof PolicyCompilation.Accepted fits
                ? Optional.of(new Ruling(order, fits.policy()))
                : Optional.empty();
    }

    /** The earlier order goes on, unless it was for another org or breaks what the connection demands by now. */
    private Optional<Ruling> keep(Ruling earlier, PolicyOrder current, OrgDescription org) {
        if (!earlier.order().connection().equals(current.connection())) {
            return Optional.empty();
        }
        PolicyOrder order = earlier.order().keptUnder(current);
        if (order.rules().equals(earlier.order().rules())) {
            return Optional.of(new Ruling(order, earlier.policy()));
        }
        Compiled compiled =
                kept.filter(c -> c.answers(order.rules(), org)).orElseGet(() -> Compiled.of(order.rules(), org));
        kept = Optional.of(compiled);
        return compiled.result() instanceof PolicyCompilation.Accepted fits
                ? Optional.of(new Ruling(order, fits.policy()))
                : Optional.empty();
    }
}
