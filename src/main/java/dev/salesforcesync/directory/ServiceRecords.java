package dev.salesforcesync.directory;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DNS says about a service's servers. */
interface ServiceRecords {

    /**
     * The SRV records of a name (RFC 2782), in any order; none when DNS does not know the name.
     *
     * @throws IOException when DNS gives no usable answer in time
     */
    List<Srv> of(String name) throws IOException;

    /** One SRV record: priority, weight, port and host (RFC 2782). */
    record Srv(int priority, int weight, int port, String host) {
        private static final Pattern FORMAT = Pattern.compile("([0-9]{1,5}) +([0-9]{1,5}) +([0-9]{1,5}) +(\\S+?)\\.?");

        static Srv parse(String text) {
            Matcher record = FORMAT.matcher(text.trim());
            if (!record.matches()) {
                throw new NumberFormatException("not an SRV record");
            }
            return new Srv(
                    Integer.parseInt(record.group(1)),
                    Integer.parseInt(record.group(2)),
                    Integer.parseInt(record.group(3)),
                    record.group(4));
        }

        /** A target of "." says that the service is decidedly not available. */
        boolean namesAServer() {
            return !host.equals(".");
        }
    }
}
