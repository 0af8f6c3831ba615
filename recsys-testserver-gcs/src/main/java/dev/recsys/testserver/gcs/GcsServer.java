package dev.recsys.testserver.gcs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * A fake of Google Cloud Storage in memory, at a port of this machine: what the documented JSON API says of buckets,
 * objects, uploads, ranges, listings and preconditions, as far as the real client library uses it for objects.
 *
 * <pre>{@code
 * try (GcsServer server = GcsServer.withBucket("releases").start()) {
 *   BlobStore store = GcsBlobStore.at(URI.create("gs://releases?endpoint=" + server.endpoint()));
 * }
 * }</pre>
 *
 * <p>What it proves and what it does not: the protocol and the client library's path through it are real; that a
 * precondition is checked and applied in one step is a lock of this fake, and says nothing of the service itself. There
 * are no credentials, permissions, object versions or regions.
 *
 * <p>Generations are unique and do not increase, for the documentation promises no order.
 */
public final class GcsServer implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    static {
        // read once, when the first server of the JVM is made; without it every answer waits 40 ms for an
        // acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService executor;
    private final Buckets buckets;

    private GcsServer(HttpServer http, ExecutorService executor, Buckets buckets) {
        this.http = http;
        this.executor = executor;
        this.buckets = buckets;
    }

    /** Begins to describe a server that has one empty bucket. */
    public static Builder withBucket(String bucket) {
        return new Builder(bucket);
    }

    /** How a server is to be; without any call a sound one at a free port. */
    public static final class Builder {
        private final String bucket;
        private int port;
        private boolean racy;
        private boolean limited;
        private BiConsumer<String, byte[]> observer = (object, content) -> {};
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(String bucket) {
            this.bucket = bucket;
        }

        /** Takes a certain port; 0 is any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Limits every object to one write a second and answers 429 to the others, as the service may. */
        public Builder oneWriteASecond() {
            this.limited = true;
            return this;
        }

        /** Checks preconditions in one step and writes in another: a server on which two writers win, to be refused. */
        public Builder racy() {
            this.racy = true;
            return this;
        }

        /**
         * Tells of each upload as it takes effect, and before its answer: of one object in the order of its generations,
         * unless the server is racy.
         *
         * @param observer gets {@code bucket/object} and the content, and must not call the server
         */
        public Builder onWrite(BiConsumer<String, byte[]> observer) {
            this.observer = observer;
            return this;
        }

        Builder nanoTime(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IOException if the port is taken
         */
        public GcsServer start() throws IOException {
            WriteLimit limit = limited ? WriteLimit.oneASecond(nanoTime) : WriteLimit.none();
            Buckets buckets = new Buckets(new Conduct(racy ? Commit.RACY : Commit.LOCKED, limit, observer));
            buckets.create(bucket);
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ExecutorService executor = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "gcs-server-" + THREADS.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            http.setExecutor(executor);
            http.createContext("/", new JsonApi(buckets));
            http.start();
            return new GcsServer(http, executor, buckets);
        }
    }

    /** Returns where the server is, such as {@code http://127.0.0.1:4443}. */
    public URI endpoint() {
        InetSocketAddress address = http.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** Returns what an object holds, past the API; empty if there is none. */
    public Optional<byte[]> contentOf(String bucket, String object) {
        try {
            return buckets.get(bucket).contentOf(object);
        } catch (Refusal e) { // there is no such bucket
            return Optional.empty();
        }
    }

    /** Stops the server at once and forgets what it held. */
    @Override
    public void close() {
        http.stop(0);
        executor.shutdownNow();
    }
}
