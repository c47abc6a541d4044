package dev.salesforcesync.directory;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One domain, ready to be read. Safe for use by several threads. Expected failures come back as values. */
public interface DirectoryReader extends AutoCloseable {

    /**
     * Reads everybody the request asks for. Fails when nothing can be read at all; a read that saw something but not
     * everything is a picture without proof of completeness.
     */
    Result<DirectoryPicture> read(ReadRequest request);

    /**
     * Looks known identities up in the whole domain, tombstones included.
     *
     * @return one answer per identity asked for; none for somebody who is there and cannot be read as a person
     */
    Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes);

    /**
     * Reads one of those whom the request asks for, with no regard to minimum and canaries.
     *
     * @return empty when an answer that was complete shows nobody of that name; a failure when it cannot be told
     */
    Result<Optional<SeenPerson>> readOne(ReadRequest request, PersonName name);

    /** The root of the domain, as a server names it: whether the domain can be reached and entered. */
    Result<String> probe();

    /**
     * Asks what the bind account may do of what the request and the way to follow changes need. Changes nothing, and a
     * read may succeed all the same.
     *
     * @return what is missing, the certain first; empty when nothing was found
     */
    Result<List<RightsFinding>> preflight(ReadRequest request, Following.Mode mode);

    /**
     * Follows what the request asks for. Neither connects nor fails, unless the request itself is wrong. The feed has
     * connections of its own; close it when it is no longer needed.
     */
    Result<DirectoryFeed> follow(ReadRequest request, Following following);

    @Override
    void close();
}
