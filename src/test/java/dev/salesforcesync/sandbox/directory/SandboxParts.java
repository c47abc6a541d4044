package dev.salesforcesync.sandbox.directory;

/** What every connection of one sandbox directory shares. */
record SandboxParts(
        Domain domain,
        DomainWrites writes,
        BindRules bindRules,
        RootDse rootDse,
        DirectoryLimits limits,
        DirectoryFaults faults,
        Node administrator) {}
