package dev.salesforcesync.policy;

import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.PersonLink;
import dev.salesforcesync.model.Whereabouts;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Says how each linked person was last seen. */
public final class Sightings {
    private Sightings() {}

    /** The linked people whom the picture does not show: their whereabouts must be looked up one by one. */
    public static Set<ObjectGuid> missing(DirectoryPicture picture, Collection<PersonLink> links) {
        throw new UnsupportedOperationException();
    }

    /**
     * How each linked person was last seen.
     *
     * @param whereabouts answers for {@link #missing} people; who has none counts as absent from an incomplete read
     */
    public static Map<ObjectGuid, Sighting> of(
            DirectoryPicture picture,
            Map<ObjectGuid, Desire> desires,
            Map<ObjectGuid, Whereabouts> whereabouts,
            Collection<PersonLink> links,
            Instant now) {
        throw new UnsupportedOperationException();
    }
}
