package dev.salesforcesync.policy;

import dev.salesforcesync.model.Entitlement;
import java.util.List;

/**
 * What one person should hold of the kinds that the policy manages.
 *
 * @param given what the rules give and nothing denies, in the order of {@link Right}
 * @param denied what he must not have, whoever gave it, in the same order
 * @param proven whether that is all: without a complete read nothing is taken away for not being in it
 */
public record DesiredRights(List<Right> given, List<Right> denied, boolean proven) {
    public static final DesiredRights NONE = new DesiredRights(List.of(), List.of(), true);

    public DesiredRights {
        given = List.copyOf(given);
        denied = List.copyOf(denied);
    }

    /**
     * One right with the groups that give or deny it.
     *
     * @param groups as the policy names them, in alphabetical order
     */
    public record Right(Entitlement entitlement, List<String> groups) {
        public Right {
            groups = List.copyOf(groups);
        }
    }
}
