package dev.salesforcesync.controller;

import dev.salesforcesync.api.v1alpha1.Limit;
import dev.salesforcesync.api.v1alpha1.SafetySpec;
import dev.salesforcesync.api.v1alpha1.SyncPolicySpec;
import dev.salesforcesync.converge.PolicyOrder.Safety;
import dev.salesforcesync.plan.Guard;
import dev.salesforcesync.plan.Kind;
import java.util.HashSet;
import java.util.Map;

/** Turns {@code spec.mode} and {@code spec.safety} into what the guard goes by. */
final class SafetyTranslation {
    private SafetyTranslation() {}

    static Safety translate(SyncPolicySpec spec) {
        SafetySpec safety = spec.safety();
        return new Safety(
                switch (spec.mode()) {
                    case ENFORCE -> Guard.Mode.ENFORCE;
                    case APPROVE -> Guard.Mode.APPROVE;
                    default -> Guard.Mode.PREVIEW;
                },
                Map.of(
                        Kind.DEACTIVATE, limit(safety.limits().deactivate()),
                        Kind.REMOVE_ENTITLEMENT, limit(safety.limits().removeEntitlement()),
                        Kind.GRANT_PRIVILEGED, limit(safety.limits().grantPrivileged()),
                        Kind.CHANGE_USERNAME_OR_EMAIL, limit(safety.limits().changeUsernameOrEmail()),
                        Kind.UPDATE, limit(safety.limits().update())),
                safety.floor(),
                new HashSet<>(safety.approve()));
    }

    private static Guard.Limit limit(Limit limit) {
        return new Guard.Limit(limit.percent(), limit.count());
    }
}
