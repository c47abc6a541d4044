package dev.salesforcesync;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.fabric8.kubernetes.client.http.HttpLoggingInterceptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFloorTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger bodies = context.getLogger(HttpLoggingInterceptor.class.getName());

    private void everything() {
        context.getLoggerList().forEach(logger -> logger.setLevel(Level.TRACE));
    }

    @Test
    void whatWritesBodiesStaysAtInfo() {
        everything();
        assertThat(bodies.isTraceEnabled()).isTrue();

        LogFloor.install(context);

        assertThat(bodies.isTraceEnabled()).isFalse();
        assertThat(bodies.isDebugEnabled()).isFalse();
        assertThat(bodies.isInfoEnabled()).isTrue();
        assertThat(context.getLogger("io.netty.handler.logging.LoggingHandler").isDebugEnabled())
                .isFalse();
    }

    @Test
    void allOthersSayWhatTheyAreToldToSay() {
        LogFloor.install(context);
        Logger other = context.getLogger("io.fabric8.kubernetes.client.informers.impl.cache.Reflector");
        everything();

        assertThat(other.isTraceEnabled()).isTrue();
        other.setLevel(Level.ERROR);
        assertThat(other.isInfoEnabled()).isFalse();
    }

    @Test
    void aNewConfigurationDoesNotTakeItAway() {
        LogFloor.install(context);
        LogFloor.install(context);

        context.reset();
        everything();

        assertThat(bodies.isTraceEnabled()).isFalse();
        assertThat(List.copyOf(context.getTurboFilterList())).hasSize(1);
    }
}
