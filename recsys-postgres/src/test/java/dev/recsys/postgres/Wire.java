package dev.recsys.postgres;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to a PostgreSQL server that loses what it is told to. Between the two it reads the messages of the protocol
 * (PostgreSQL manual, section 54.7): a type, a length, a body.
 */
final class Wire implements AutoCloseable {
    /** What happens to the next commit. */
    enum Commit {
        /** It is done and answered. */
        ANSWERED,
        /** It does not reach the server. */
        NOT_SENT,
        /** It reaches the server, and the connection breaks before the answer comes. */
        NOT_ANSWERED
    }

    private static final char NOTIFICATION = 'A';

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Commit commit = Commit.ANSWERED;
    private volatile boolean losesNotifications;
    private volatile boolean broken;

    Wire(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("wire-accept", this::accept);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + listening.getLocalPort() + "/" + database
                + "?sslmode=disable&gssEncMode=disable"; // so that every message but the first has a type
    }

    void nextCommit(Commit what) {
        commit = what;
    }

    void loseNotifications() {
        losesNotifications = true;
    }

    /** Cuts all connections, and lets none through until {@link #mend}. */
    void cut() {
        broken = true;
        open.forEach(Wire::closeQuietly);
    }

    void mend() {
        broken = false;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (broken) {
                    closeQuietly(client);
                    continue;
                }
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(target);
                client.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
                int number = connections.incrementAndGet();
                start("wire-to-server-" + number, () -> carry(() -> toServer(client, target), client, target));
                start("wire-to-client-" + number, () -> carry(() -> toClient(target, client), client, target));
            } catch (IOException e) {
                if (listening.isClosed()) {
                    return;
                }
            }
        }
    }

    /** Carries messages until there are no more. */
    private interface Carrying {
        void run() throws IOException;
    }

    private void carry(Carrying messages, Socket client, Socket target) {
        try {
            messages.run();
        } catch (IOException e) {
            // the other side has gone, or this one was cut
        } finally {
            closeQuietly(client);
            closeQuietly(target);
            open.remove(client);
            open.remove(target);
        }
    }

    private void toServer(Socket client, Socket target) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = target.getOutputStream();
        copyUntyped(in, out); // the first message has no type; TLS is asked for only if the address says so
        while (true) {
            byte[] message = typed(in);
            boolean commits = new String(message, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
            Commit what = commits ? commit : Commit.ANSWERED;
            if (what == Commit.NOT_SENT) {
                commit = Commit.ANSWERED;
                throw new EOFException("cut before a commit");
            }
            out.write(message);
            if (what == Commit.NOT_ANSWERED) {
                commit = Commit.ANSWERED;
                finishCommit(in, out, client);
            }
        }
    }

    /** Sends what belongs to the commit and lets the client wait for an answer that never comes. */
    private static void finishCommit(DataInputStream in, OutputStream out, Socket client) throws IOException {
        closeOutput(client);
        byte[] message = typed(in);
        while (message[0] != 'S') { // sync: the server now does it
            out.write(message);
            message = typed(in);
        }
        out.write(message);
        out.flush();
        throw new EOFException("cut after a commit");
    }

    private static void closeOutput(Socket client) throws IOException {
        client.shutdownOutput();
    }

    private void toClient(Socket target, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(target.getInputStream());
        OutputStream out = client.getOutputStream();
        while (true) {
            byte[] message = typed(in);
            if (!(losesNotifications && message[0] == NOTIFICATION)) {
                out.write(message);
                out.flush();
            }
        }
    }

    private static void copyUntyped(DataInputStream in, OutputStream out) throws IOException {
        int length = in.readInt();
        byte[] body = in.readNBytes(length - 4);
        out.write(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        out.write(body);
        out.flush();
    }

    private static byte[] typed(InputStream in) throws IOException {
        byte[] head = in.readNBytes(5);
        if (head.length < 5) {
            throw new EOFException();
        }
        int length = ((head[1] & 0xff) << 24) | ((head[2] & 0xff) << 16) | ((head[3] & 0xff) << 8) | (head[4] & 0xff);
        byte[] message = new byte[length + 1];
        System.arraycopy(head, 0, message, 0, 5);
        if (in.readNBytes(message, 5, length - 4) < length - 4) {
            throw new EOFException();
        }
        return message;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Wire::closeQuietly);
    }
}
