package dev.recsys.testserver;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The server behind the proxy: one connection and one attempt for each request. */
final class Backend {
    private static final int MOST_AT_ONCE = 64;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final String host;
    private final int port;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Backend(URI uri) {
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "a server behind the proxy has an address like http://127.0.0.1:9000, not " + uri);
        }
        this.host = uri.getHost();
        this.port = uri.getPort() < 0 ? 80 : uri.getPort();
    }

    /** Sends a request once and returns the whole answer. */
    WireMessage send(WireMessage request) throws IOException {
        room.acquireUninterruptibly();
        try (Socket socket = new Socket()) {
            open.add(socket);
            try {
                return exchange(socket, request);
            } finally {
                open.remove(socket);
            }
        } finally {
            room.release();
        }
    }

    /** Ends the exchanges in flight; their requests may have been applied. */
    void cut() {
        open.forEach(Backend::closeQuietly);
    }

    private WireMessage exchange(Socket socket, WireMessage request) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(host, port), (int) CONNECT_TIMEOUT.toMillis());
        socket.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
        forwarded(request).writeTo(socket.getOutputStream());
        WireReader reader = new WireReader(socket.getInputStream());
        WireMessage head = answerHead(reader);
        while (head.status() < 200) {
            head = answerHead(reader); // 100 and its like announce the answer
        }
        boolean mayHaveBody = !request.startLine().startsWith("HEAD ") && head.status() != 204 && head.status() != 304;
        return reader.answerWithBody(head, mayHaveBody).without("Connection", "Keep-Alive");
    }

    private static WireMessage answerHead(WireReader reader) throws IOException {
        WireMessage head = reader.head().orElseThrow(() -> new EOFException("the server closed without an answer"));
        if (head.status() == 0) {
            throw new IOException("the server's answer has no status");
        }
        return head;
    }

    /** Leaves everything that a signature covers as it is, and drops what concerns the client's connection only. */
    private static WireMessage forwarded(WireMessage request) {
        WireMessage plain = request.without("Connection", "Keep-Alive", "Expect", "Upgrade", "HTTP2-Settings");
        boolean framed = request.body().length > 0
                || request.first("Content-Length").isPresent()
                || request.first("Transfer-Encoding").isPresent();
        return (framed ? plain.measured() : plain).with("Connection", "close");
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // the other side is gone, which is what was wanted
        }
    }
}
