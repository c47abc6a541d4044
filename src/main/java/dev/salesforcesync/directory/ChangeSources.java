package dev.salesforcesync.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.failure.Result;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the best way to follow that a domain controller allows. */
final class ChangeSources {
    private final List<ChangeSource> inOrder;

    ChangeSources(Following.Mode mode, ReadSteps steps, Set<String> attributes) {
        this.inOrder = switch (mode) {
            case AUTO ->
                List.of(
                        DirSyncChanges.asReplica(attributes),
                        DirSyncChanges.asReader(attributes),
                        new UsnChanges(steps));
            case DIR_SYNC -> List.of(DirSyncChanges.asReplica(attributes));
            case USN -> List.of(new UsnChanges(steps));
            case NONE -> List.of();
        };
    }

    /** A way and where it begins. */
    record Start(ChangeSource source, ChangePosition position) {}

    /** The first way that works; empty when nothing is to be followed. */
    Result<Optional<Start>> start(Session session) throws LDAPException {
        for (int i = 0; i < inOrder.size(); i++) {
            ChangeSource source = inOrder.get(i);
            try {
                return Result.ok(Optional.of(new Start(source, source.start(session))));
            } catch (LDAPException e) {
                boolean refused = e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)
                        || e.getResultCode().equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)
                        || e.getResultCode().equals(ResultCode.UNWILLING_TO_PERFORM);
                if (!refused) {
                    throw e;
                }
                if (i == inOrder.size() - 1) {
                    return Result.failed(
                            LdapFailures.cannotFollow(e, session.server().namingContext()));
                }
            }
        }
        return Result.ok(Optional.empty());
    }
}
