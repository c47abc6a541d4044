package dev.salesforcesync.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port on the loopback address that leads to a server, until the way is cut. */
final class Relay implements AutoCloseable {
    private final ServerSocket socket;
    private final InetAddress host;
    private final int target;
    private long left = Long.MAX_VALUE;
    private Runnable event = () -> {};
    private final List<Socket> ends = new CopyOnWriteArrayList<>();

    Relay(int port, int target) throws IOException {
        this(port, InetAddress.getLoopbackAddress(), target);
    }

    Relay(int port, InetAddress host, int target) throws IOException {
        this.socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.target = target;
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket near = socket.accept();
                Socket far = new Socket(host, target);
                ends.addAll(List.of(near, far));
                start(() -> pump(near, far, false));
                start(() -> pump(far, near, true));
            } catch (IOException e) {
                // Cut by the test, or nobody is there.
                continue;
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            byte[] buffer = new byte[1_024];
            for (int got = from.getInputStream().read(buffer);
                    got >= 0;
                    got = from.getInputStream().read(buffer)) {
                if (counted) {
                    count(got);
                }
                to.getOutputStream().write(buffer, 0, got);
            }
        } catch (IOException e) {
            // Either side ended it.
            return;
        }
    }

    /** Lets something happen once, when that many more bytes have come from the server and before they are passed on. */
    synchronized void after(long bytes, Runnable what) {
        left = bytes;
        event = what;
    }

    private synchronized void count(int bytes) {
        left -= bytes;
        if (left <= 0) {
            left = Long.MAX_VALUE;
            event.run();
        }
    }

    /** Cuts all connections; new ones are accepted. */
    void cut() {
        ends.forEach(Relay::end);
        ends.clear();
    }

    private static void end(Socket one) {
        try {
            one.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
    }
}
