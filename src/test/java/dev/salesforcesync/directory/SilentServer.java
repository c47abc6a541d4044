package dev.salesforcesync.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections and says nothing, or only what a test gives it to say first. */
final class SilentServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    SilentServer(byte[] firstWords) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (!socket.isClosed()) {
                        try {
                            Socket one = socket.accept();
                            taken.add(one);
                            if (firstWords.length > 0 && one.getInputStream().read() >= 0) {
                                one.getOutputStream().write(firstWords);
                            }
                        } catch (IOException e) {
                            // The test has ended, or the client went away.
                            continue;
                        }
                    }
                },
                "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How often somebody connected. */
    int visits() {
        return taken.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : taken) {
            one.close();
        }
    }
}
