package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Person;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Rules that were found to hold together and to fit the org. Immutable and safe for use by several threads. */
public final class CompiledPolicy {
    private final PolicyRules rules;

    CompiledPolicy(PolicyRules rules) {
        this.rules = rules;
    }

    /** The rules as written. */
    public PolicyRules rules() {
        return rules;
    }

    /** The directory attributes that the rules read. */
    public Set<String> attributesRead() {
        throw new UnsupportedOperationException();
    }

    /** The groups that the rules name, as they name them. */
    public Set<String> groupsRead() {
        throw new UnsupportedOperationException();
    }

    /** The User fields to observe: owned ones, those of matching keys, and the anchor. */
    public Set<String> fieldsRead() {
        throw new UnsupportedOperationException();
    }

    /** What the rules want for one person who is in the groups named, at {@code now}. */
    public Desire desire(Person person, Set<String> groups, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** What the rules want for everybody in the picture, at {@code now}. */
    public Map<ObjectGuid, Desire> desires(DirectoryPicture picture, Instant now) {
        throw new UnsupportedOperationException();
    }
}
