package dev.recsys.testserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The port: accepts connections, each served by a thread of its own, and can be gone for a while. */
final class Listener {
    private static final int MOST_CONNECTIONS = 2048;
    private static final int BACKLOG = 1024;
    private static final long CLOSE_SECONDS = 2;

    private final Consumer<Socket> service;
    private final ExecutorService threads;
    private final Set<Socket> open = new HashSet<>(); // guarded by this
    private ServerSocket server; // guarded by this
    private final int port;
    private boolean closed; // guarded by this

    Listener(int port, Consumer<Socket> service) {
        this.service = service;
        this.server = bind(port);
        this.port = server.getLocalPort();
        AtomicLong number = new AtomicLong();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "fault-proxy-" + this.port + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        startAccepting(server);
    }

    int port() {
        return port;
    }

    /** Refuses connections from now on, and cuts those that are open. */
    synchronized void leave() {
        closeQuietly(server);
        open.forEach(Listener::reset);
        open.clear();
    }

    /** Listens again, on the same port. */
    synchronized void comeBack() {
        if (!closed && server.isClosed()) {
            server = bind(port);
            startAccepting(server);
        }
    }

    /** Returns after the threads ended, or after two seconds. */
    void close() {
        synchronized (this) {
            closed = true;
            leave();
        }
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startAccepting(ServerSocket socket) {
        threads.execute(() -> accept(socket));
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                take(socket.accept(), socket);
            } catch (IOException e) {
                // closed, or a client that left before it was accepted
            }
        }
    }

    private void take(Socket client, ServerSocket from) {
        if (!admit(client, from)) {
            reset(client);
            return;
        }
        try {
            threads.execute(() -> serve(client));
        } catch (RejectedExecutionException e) {
            reset(client); // the proxy was closed meanwhile
        }
    }

    private synchronized boolean admit(Socket client, ServerSocket from) {
        return !from.isClosed() && open.size() < MOST_CONNECTIONS && open.add(client);
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            service.accept(client);
        } catch (IOException e) {
            // the client is gone
        } finally {
            forget(client);
        }
    }

    private synchronized void forget(Socket client) {
        open.remove(client);
    }

    private static ServerSocket bind(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on port " + port + " of the loopback address", e);
        }
    }

    /** Closes with a TCP reset instead of an orderly end. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException ignored) {
            // the other side is gone, which is what was wanted
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // closed or not, nothing is accepted any more
        }
    }
}
