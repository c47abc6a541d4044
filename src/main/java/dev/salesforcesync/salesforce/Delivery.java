package dev.salesforcesync.salesforce;

import dev.salesforcesync.failure.Failure;
import java.net.http.HttpHeaders;

/** What became of one HTTP request, told apart by what the other side may have done with it. */
sealed interface Delivery {

    /** A whole answer came back; {@code body} is already unzipped. Never compared, so the array does no harm. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answered(int status, HttpHeaders headers, byte[] body) implements Delivery {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Never shows the body: it may hold tokens and people. */
        @Override
        public String toString() {
            return "Answered[" + status + "]";
        }
    }

    /** The request left us and no whole answer came back: the other side may have acted on it. */
    record Lost(Failure failure) implements Delivery {}

    /** The request never left us whole: the other side has not acted on it. */
    record Undelivered(Failure failure) implements Delivery {}
}
