package dev.salesforcesync.directory;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request's part of a domain, read in full once and then followed. Used by one thread; it stays with one domain
 * controller as long as that answers.
 */
public interface DirectoryFeed extends AutoCloseable {

    /**
     * Reads everybody the request asks for. The position in the stream of changes is taken before, so what changes
     * meanwhile comes by {@link #poll()}. Fails when nothing can be read at all; a read that saw something but not
     * everything is a picture without proof of completeness.
     */
    Result<DirectoryPicture> readAll();

    /**
     * Brings the picture up to date. Costs one request when nothing changed. After a failure the next call goes on from
     * the same place.
     */
    Result<FeedUpdate> poll();

    /**
     * The picture as it is now, of which nothing has been missed since it was read in full; empty before the first read
     * and while it must be read again.
     */
    Optional<DirectoryPicture> picture();

    /** Looks known identities up in the whole domain, tombstones included, on the same controller. */
    Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes);

    /** How far the changes are known; to be kept, and handed to the feed of a later process. */
    Optional<ChangePosition> position();

    @Override
    void close();
}
