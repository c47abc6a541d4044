package dev.salesforcesync.leak;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what a process says while it is open: every log line with its exceptions and thread, by logger, at levels of
 * the test's choice; and whatever is printed, which goes nowhere else. Puts everything back when it is closed.
 */
public final class LogTape implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<String, StringBuilder> lines = new TreeMap<>();
    private final Map<ch.qos.logback.classic.Logger, Level> levels = new HashMap<>();
    private final Tape tape = new Tape();
    private final Julian julian = new Julian();
    private final java.util.logging.Level julianLevel =
            LogManager.getLogManager().getLogger("").getLevel();
    private final List<Handler> julianHandlers =
            List.of(LogManager.getLogManager().getLogger("").getHandlers());
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    private LogTape() {
        for (ch.qos.logback.classic.Logger logger : context.getLoggerList()) {
            levels.put(logger, logger.getLevel());
        }
        // The console of the build need not hold what the tape holds.
        root().iteratorForAppenders().forEachRemaining(appender -> appender.stop());
        tape.setContext(context);
        tape.start();
        root().addAppender(tape);
        julianHandlers.forEach(LogManager.getLogManager().getLogger("")::removeHandler);
        LogManager.getLogManager().getLogger("").addHandler(julian);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    /** The levels the product is shipped with, but its own loggers tell everything. */
    public static LogTape atShippedLevels() {
        LogTape opened = new LogTape();
        LoggerContext shipped = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(shipped);
        try {
            configurator.doConfigure(
                    Path.of("src/main/resources/logback.xml").toUri().toURL());
        } catch (JoranException | java.net.MalformedURLException e) {
            throw new UncheckedIOException(new java.io.IOException(e));
        }
        opened.forgetLevels();
        for (ch.qos.logback.classic.Logger logger : shipped.getLoggerList()) {
            if (logger.getLevel() != null) {
                opened.context.getLogger(logger.getName()).setLevel(logger.getLevel());
            }
        }
        shipped.stop();
        opened.context.getLogger("dev.salesforcesync").setLevel(Level.TRACE);
        return opened;
    }

    /** Everything, of everybody, java.util.logging included. */
    public static LogTape ofEverything() {
        LogTape opened = new LogTape();
        opened.forgetLevels();
        opened.root().setLevel(Level.TRACE);
        LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.ALL);
        return opened;
    }

    /** What was said so far: log lines by logger, and both streams. */
    public Map<String, String> text() {
        Map<String, String> text = new TreeMap<>();
        synchronized (lines) {
            lines.forEach((logger, said) -> text.put("log " + logger, said.toString()));
        }
        text.put("stdout", printed.toString(StandardCharsets.UTF_8));
        text.put("stderr", complained.toString(StandardCharsets.UTF_8));
        return text;
    }

    private ch.qos.logback.classic.Logger root() {
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private void forgetLevels() {
        context.getLoggerList().stream()
                .filter(logger -> !logger.getName().equals(Logger.ROOT_LOGGER_NAME))
                .forEach(logger -> logger.setLevel(null));
    }

    private void record(String logger, String line) {
        synchronized (lines) {
            lines.computeIfAbsent(logger, name -> new StringBuilder())
                    .append(line)
                    .append('\n');
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        LogManager.getLogManager().getLogger("").removeHandler(julian);
        julianHandlers.forEach(LogManager.getLogManager().getLogger("")::addHandler);
        LogManager.getLogManager().getLogger("").setLevel(julianLevel);
        root().detachAppender(tape);
        root().iteratorForAppenders().forEachRemaining(appender -> appender.start());
        forgetLevels();
        levels.forEach((logger, level) -> logger.setLevel(level));
    }

    private final class Tape extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String thrown =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            record(
                    event.getLoggerName(),
                    event.getLevel() + " [" + event.getThreadName() + "] " + event.getMDCPropertyMap() + " "
                            + event.getFormattedMessage() + thrown);
        }
    }

    private final class Julian extends Handler {
        Julian() {
            setLevel(java.util.logging.Level.ALL);
        }

        @Override
        public void publish(LogRecord said) {
            String text = new java.util.logging.SimpleFormatter().format(said);
            record(String.valueOf(said.getLoggerName()), text);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
