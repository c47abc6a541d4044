package dev.salesforcesync.controller;

import dev.salesforcesync.directory.RightsFinding;
import dev.salesforcesync.directory.RightsFinding.Kind;
import dev.salesforcesync.status.ConditionSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a SyncPolicy's status what its bind account may not do. */
final class RightsReport {
    private static final String TYPE = "DirectoryRightsSufficient";

    private RightsReport() {}

    static void describe(ConditionSet set, Optional<List<RightsFinding>> rights) {
        if (rights.isEmpty()) {
            set.unknown(TYPE, "Progressing", "The bind account's rights have not been looked at yet.");
            return;
        }
        List<RightsFinding> missing =
                rights.get().stream().filter(one -> one.kind() == Kind.MISSING).toList();
        if (missing.isEmpty()) {
            String hints = rights.get().stream().map(one -> " " + one.message()).collect(Collectors.joining());
            set.set(TYPE, true, "Succeeded", "The bind account may do what is needed." + hints);
        } else {
            // The certain ones only: a message has little room, and these come with the commands to type.
            String all = missing.stream().map(RightsFinding::message).collect(Collectors.joining(" "));
            set.set(TYPE, false, missing.get(0).reason(), all);
        }
    }
}
