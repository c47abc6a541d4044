package dev.salesforcesync.sandbox.salesforce.protocol;

import dev.salesforcesync.sandbox.salesforce.org.Call;
import dev.salesforcesync.sandbox.salesforce.org.Session;
import dev.salesforcesync.sandbox.salesforce.org.WriteRequest.Disturbance;
import java.util.Map;
import java.util.Optional;

/** A family of REST resources below /services/data/vNN.N. */
interface RestResource {

    /** The handler of this method and path, if they are of this family. */
    Optional<Handler> find(String method, String path);

    /** A request whose session, fault and limit have been looked at. */
    record Context(Request request, String version, Session session, Disturbance disturbance) {}

    /** One operation on one resource. */
    interface Handler {
        /** What is asked, for faults and journal; before the session is looked at. */
        Call call(Request request);

        CallGate.Done run(Context context);
    }

    /** The work of a handler. */
    @FunctionalInterface
    interface Work {
        CallGate.Done run(Context context);
    }

    /** A handler of calls that need no look into the body. */
    static Optional<Handler> handler(String operation, String type, int rows, Work work) {
        var call = new Call("REST", operation, type, rows, rows > 0, Map.of());
        return Optional.of(new Handler() {
            @Override
            public Call call(Request request) {
                return call;
            }

            @Override
            public CallGate.Done run(Context context) {
                return work.run(context);
            }
        });
    }
}
