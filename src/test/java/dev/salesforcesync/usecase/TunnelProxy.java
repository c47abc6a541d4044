package dev.salesforcesync.usecase;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy that asks for credentials and lets tunnels through (RFC 9110, 9.3.6), nothing else. */
final class TunnelProxy implements AutoCloseable {
    private final ServerSocket server;
    private final String authorization;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger tunnels = new AtomicInteger();

    TunnelProxy(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        authorization = "basic " + Base64.getEncoder().encodeToString(pair);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy", this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many tunnels were opened so far. */
    int tunnels() {
        return tunnels.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                start("proxy-tunnel", () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            String head = head(client.getInputStream());
            boolean known =
                    head.lines().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + authorization));
            if (!head.startsWith("CONNECT ") || !known) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"");
                client.close();
                return;
            }
            String[] target =
                    head.substring("CONNECT ".length(), head.indexOf(" HTTP/")).split(":", 2);
            Socket far = new Socket(target[0], Integer.parseInt(target[1]));
            sockets.add(far);
            tunnels.incrementAndGet();
            answer(client, "200 Connection established");
            start("proxy-back", () -> copy(far, client));
            copy(client, far);
        } catch (IOException broken) {
            close(client);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("no request");
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
        } catch (IOException ended) {
            close(from);
        }
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            return;
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException gone) {
            return;
        }
        sockets.forEach(TunnelProxy::close);
    }
}
