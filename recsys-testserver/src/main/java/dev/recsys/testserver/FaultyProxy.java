package dev.recsys.testserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stands before a server, counts the requests, and lets the wire fail where a test asks for it.
 *
 * <ul>
 *   <li>Every request is passed to the server exactly once unless a fault says otherwise; the proxy retries nothing.
 *   <li>Method, target, body and every header that a signature covers, {@code Host} among them, arrive as they were
 *       sent. What concerns one connection only is the proxy's own: {@code Connection}, {@code Expect} (answered with
 *       100 at once), and the framing, for a body that came in chunks goes on with its length.
 *   <li>Where the server gives no answer, the client's connection is closed without one.
 *   <li>Requests and answers are held in memory, up to 64 MiB each; a larger request is answered with 413.
 *   <li>It speaks plain HTTP/1.1, listens on the loopback address only, and writes no log.
 * </ul>
 *
 * <p>Thread-safe. Several clients may use one proxy, and several proxies may stand before one server as its endpoints.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int MOST_REMEMBERED = 100_000;

    private final Backend backend;
    private final Listener listener;
    private final FaultRules rules = new FaultRules();
    private final Deque<WireRequest> requests = new ArrayDeque<>(); // guarded by itself
    private final List<WireMessage> late = new ArrayList<>(); // guarded by itself
    private final List<Socket> stalled = new ArrayList<>(); // guarded by itself
    private volatile Dialect dialect = Dialect.S3_XML;

    private FaultyProxy(URI server, int port) {
        this.backend = new Backend(server);
        this.listener = new Listener(port, this::converse);
    }

    /**
     * Starts a proxy before a server, on a free port.
     *
     * @param backend where the server is, as in {@code http://127.0.0.1:9000}; its path is ignored
     */
    public static FaultyProxy before(URI backend) {
        return before(backend, 0);
    }

    /**
     * Starts a proxy before a server, on a given port.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static FaultyProxy before(URI backend, int listenPort) {
        return new FaultyProxy(backend, listenPort);
    }

    /** Writes the proxy's own errors in this dialect from now on; until then in that of S3. */
    public FaultyProxy speaking(Dialect ofErrors) {
        this.dialect = ofErrors;
        return this;
    }

    /** Returns the address for clients; it stays the same for the life of the proxy. */
    public URI endpoint() {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + listener.port());
    }

    /** Lets the next matching request, and no other, meet a fault. Several calls wait for a request each, in order. */
    public void next(Predicate<WireRequest> which, Timing timing, WireFault fault) {
        rules.next(new FaultRules.Rule(which, timing, fault));
    }

    /** Lets every matching request meet a fault until {@link #heal()}, unless {@link #next} has one for it. */
    public void always(Predicate<WireRequest> which, Timing timing, WireFault fault) {
        rules.always(new FaultRules.Rule(which, timing, fault));
    }

    /**
     * Ends all faults: none strikes any more, stalled connections are closed, and the port is open. Late requests stay
     * late.
     *
     * @throws UncheckedIOException if another process took the port while it was closed
     */
    public void heal() {
        rules.clear();
        endStalls();
        listener.comeBack();
    }

    /**
     * Sends the late requests to the server, in their order, and returns the status of each answer.
     *
     * @throws UncheckedIOException if the server did not answer one of them; those after it are late still
     */
    public List<Integer> landLate() {
        List<Integer> statuses = new ArrayList<>();
        Optional<WireMessage> request = nextLate();
        while (request.isPresent()) {
            statuses.add(land(request.get()));
            request = nextLate();
        }
        return statuses;
    }

    /** Forgets the late requests: the wire lost them for good. */
    public void loseLate() {
        synchronized (late) {
            late.clear();
        }
    }

    /**
     * Returns the requests that were read whole since the start or the last {@link #clearRequests()}, in the order of
     * their arrival, those that met a fault too; the newest 100,000.
     */
    public List<WireRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Returns how many of {@link #requests()} match. */
    public int count(Predicate<WireRequest> which) {
        return Math.toIntExact(requests().stream().filter(which).count());
    }

    /** Forgets the requests that were seen. */
    public void clearRequests() {
        synchronized (requests) {
            requests.clear();
        }
    }

    /** Refuses connections and resets those that are open, until {@link #heal()}. */
    public void becomeUnreachable() {
        listener.leave();
    }

    /** Cuts every connection and frees the port; idempotent, and takes two seconds at most. */
    @Override
    public void close() {
        rules.clear();
        backend.cut();
        listener.close();
    }

    private void converse(Socket client) {
        try {
            new Conversation(client, new SharedWire()).run();
        } catch (IOException e) {
            // One of the two sides is gone. What the client has to see is the end of its connection.
        }
    }

    private Optional<WireMessage> nextLate() {
        synchronized (late) {
            return late.isEmpty() ? Optional.empty() : Optional.of(late.remove(0));
        }
    }

    private int land(WireMessage request) {
        try {
            return backend.send(request).status();
        } catch (IOException e) {
            throw new UncheckedIOException("the server did not answer the late request " + request, e);
        }
    }

    private void endStalls() {
        synchronized (stalled) {
            stalled.forEach(Listener::reset);
            stalled.clear();
        }
    }

    private final class SharedWire implements Conversation.Wire {
        @Override
        public Optional<FaultRules.Rule> seen(WireRequest request) {
            synchronized (requests) {
                if (requests.size() == MOST_REMEMBERED) {
                    requests.removeFirst();
                }
                requests.addLast(request);
            }
            return rules.take(request);
        }

        @Override
        public WireMessage send(WireMessage request) throws IOException {
            return backend.send(request);
        }

        @Override
        public void hold(WireMessage request) {
            synchronized (late) {
                late.add(request);
            }
        }

        @Override
        public Dialect dialect() {
            return dialect;
        }

        @Override
        public void stall(Socket socket) {
            synchronized (stalled) {
                stalled.removeIf(Socket::isClosed);
                stalled.add(socket);
            }
        }
    }
}
