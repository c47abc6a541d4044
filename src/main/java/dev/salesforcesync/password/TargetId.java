package dev.salesforcesync.password;

/** The SyncPolicy that a password is handed over for. */
public record TargetId(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
