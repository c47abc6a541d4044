package dev.salesforcesync.directory;

import dev.salesforcesync.failure.Result;
import dev.salesforcesync.model.DirectoryPicture;
import dev.salesforcesync.model.ObjectGuid;
import dev.salesforcesync.model.Whereabouts;
import java.util.Map;
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
     * @return one answer per identity asked for
     */
    Result<Map<ObjectGuid, Whereabouts>> locate(Set<ObjectGuid> identities, Set<String> attributes);

    /** Where the directory's change counter stands now. Take it before a read, not after. */
    Result<ChangeMark> mark();

    /**
     * Whether a person, a group or a unit of the domain changed or was deleted after the mark. The whole domain counts:
     * somebody moved out of the request's searches leaves no trace below them. A mark of another server (other
     * invocation id) counts as changed. Costs at most one small search.
     */
    Result<Boolean> changedSince(ChangeMark mark, ReadRequest request);

    @Override
    void close();
}
