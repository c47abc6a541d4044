package dev.salesforcesync.sandbox.salesforce.org;

/** Who is calling: a signed-in user under an opaque key. */
public record Session(String key, String userId) {
    /** Never the key: it is as good as a password. */
    @Override
    public String toString() {
        return "Session[" + userId + "]";
    }
}
