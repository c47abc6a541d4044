package dev.salesforcesync.sandbox.directory;

/** When one link came or went, in the change counter; gone ones are remembered, as replication needs them. */
record LinkStamp(long usn, boolean present) {}
