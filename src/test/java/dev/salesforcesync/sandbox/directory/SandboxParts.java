package dev.salesforcesync.sandbox.directory;

import java.util.concurrent.atomic.AtomicLong;

/** What every connection of one sandbox directory shares. */
record SandboxParts(
        Domain domain,
        DomainWrites writes,
        DomainDeletions deletions,
        BindRules bindRules,
        RootDse rootDse,
        DirectoryLimits limits,
        DirectoryFaults faults,
        Node administrator,
        AtomicLong searches) {}
