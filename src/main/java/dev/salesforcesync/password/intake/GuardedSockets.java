package dev.salesforcesync.password.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Opens ports whose connections speak TLS 1.2 or 1.3 and can't hold us up: so many of one address and in all, and none
 * longer than a conversation takes, however slowly it says what it says.
 */
final class GuardedSockets extends ServerSocketFactory implements AutoCloseable {
    static final int MOST_OF_ONE_ADDRESS = 32;
    static final int MOST_IN_ALL = 512;
    private static final int SILENCE_MILLIS = 20_000;
    private static final int LONGEST_SECONDS = 120;

    private final SSLContext tls;
    private final Map<InetAddress, AtomicInteger> open = new ConcurrentHashMap<>();
    private final AtomicInteger openInAll = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "password-ldaps-limits");
        thread.setDaemon(true);
        return thread;
    });

    GuardedSockets(SSLContext tls) {
        this.tls = tls;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new Guarded(port, 256);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return new Guarded(port, backlog);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return new Guarded(port, backlog);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Counts a connection in; false when there are too many. */
    private boolean comes(InetAddress from) {
        if (openInAll.incrementAndGet() > MOST_IN_ALL) {
            openInAll.decrementAndGet();
            return false;
        }
        AtomicInteger ofIt = open.computeIfAbsent(from, any -> new AtomicInteger());
        if (ofIt.incrementAndGet() > MOST_OF_ONE_ADDRESS) {
            goes(from);
            return false;
        }
        return true;
    }

    private void goes(InetAddress from) {
        openInAll.decrementAndGet();
        open.computeIfPresent(from, (any, count) -> count.decrementAndGet() <= 0 ? null : count);
    }

    private final class Guarded extends ServerSocket {
        Guarded(int port, int backlog) throws IOException {
            super(port, backlog);
        }

        @Override
        public Socket accept() throws IOException {
            while (true) {
                Counted plain = new Counted();
                implAccept(plain);
                if (!comes(plain.getInetAddress())) {
                    plain.refuse();
                    continue;
                }
                plain.counted();
                try {
                    plain.setSoTimeout(SILENCE_MILLIS);
                    var unused = clock.schedule(plain::end, LONGEST_SECONDS, TimeUnit.SECONDS);
                    SSLSocket socket =
                            (SSLSocket) tls.getSocketFactory().createSocket(plain, "agent", plain.getPort(), true);
                    socket.setUseClientMode(false);
                    socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                    return socket;
                } catch (IOException broken) {
                    plain.end();
                }
            }
        }
    }

    /** Counts itself out once, by whomever it is closed. */
    private final class Counted extends Socket {
        private boolean counts;

        synchronized void counted() {
            counts = true;
        }

        void refuse() throws IOException {
            super.close();
        }

        void end() {
            try {
                close();
            } catch (IOException gone) {
                // It is closed all the same.
                return;
            }
        }

        @Override
        public synchronized void close() throws IOException {
            if (counts) {
                counts = false;
                goes(getInetAddress());
            }
            super.close();
        }
    }
}
