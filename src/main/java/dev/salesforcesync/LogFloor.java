package dev.salesforcesync;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps loggers that write whole messages of the Kubernetes API, Secrets included, at INFO, whatever the configuration
 * says: nobody who asks for more detail asks for credentials in the log.
 *
 * <p>Fabric8's HttpLoggingInterceptor writes bodies at TRACE; Netty's LoggingHandler writes what goes over the wire.
 */
final class LogFloor extends TurboFilter {
    static final List<String> QUIET = List.of("io.fabric8.kubernetes.client.http", "io.netty.handler.logging");

    /** Puts the floor in, once; it survives a new configuration. Without Logback there is nothing to do. */
    static void install() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            install(context);
        }
    }

    static void install(LoggerContext context) {
        synchronized (context) {
            boolean there = context.getTurboFilterList().stream().anyMatch(LogFloor.class::isInstance);
            if (!there) {
                put(context);
                context.addListener(new Again());
            }
        }
    }

    private static void put(LoggerContext context) {
        LogFloor floor = new LogFloor();
        floor.setContext(context);
        floor.start();
        context.addTurboFilter(floor);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        boolean below = !level.isGreaterOrEqual(Level.INFO);
        return below && QUIET.stream().anyMatch(logger.getName()::startsWith) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** A new configuration takes every filter away. */
    private static final class Again implements LoggerContextListener {
        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext context) {
            put(context);
        }

        @Override
        public void onStart(LoggerContext context) {}

        @Override
        public void onStop(LoggerContext context) {}

        @Override
        public void onLevelChange(Logger logger, Level level) {}
    }
}
