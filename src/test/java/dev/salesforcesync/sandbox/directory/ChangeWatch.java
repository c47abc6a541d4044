package dev.salesforcesync.sandbox.directory;

import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.salesforcesync.model.ObjectGuid;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A change notification (MS-ADTS 3.1.1.3.4.1.9): the whole object each time one changes, for as long as anybody listens. */
final class ChangeWatch implements AutoCloseable {
    static final String OID = "1.2.840.113556.1.4.528";

    private final Domain domain;
    private final BlockingQueue<ObjectGuid> changed = new LinkedBlockingQueue<>();
    private final Consumer<ObjectGuid> listener = changed::add;

    ChangeWatch(Domain domain, SearchRequestProtocolOp request) throws LDAPException {
        this.domain = domain;
        if (!request.getFilter().equals(Filter.createPresenceFilter("objectClass"))) {
            throw DomainWrites.refuse(ResultCode.UNWILLING_TO_PERFORM, "0000200B: Search filter too complex");
        }
        synchronized (domain) {
            domain.listeners().add(listener);
        }
    }

    BlockingQueue<ObjectGuid> changed() {
        return changed;
    }

    @Override
    public void close() {
        synchronized (domain) {
            domain.listeners().remove(listener);
        }
    }
}
