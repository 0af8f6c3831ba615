package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.Ambient;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.SnapshotStatus.State;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobStore;
import dev.recsys.store.ReadResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store fails in every way there is, for long and often, and requests are answered all the same. */
class ReaderUnderFireTest {
    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final Publishers publishers = new Publishers(clock);
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final FaultyBlobStore faulty = FaultyBlobStore.over(store.anotherEndpoint());
    private final ManifestPublisher publisher = publishers.over(store, "test");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    private void ship(Scope scope, int items, int salt) {
        publisher.ship(ShipRequest.of(scope, builds.both(scope, items, salt, Builds.day(salt)), "ship " + salt)
                .createSurface());
    }

    private EmbeddedRecommender virtual(VirtualScheduler scheduler, SplittableRandom random) {
        Ambient ambient = publishers.ambient();
        return EmbeddedRecommender.builder(faulty)
                .ambient(new Ambient(
                        ambient.clock(), ambient.nanoTime(), ambient.txs(), random::nextDouble, ambient.sleeper()))
                .executor(scheduler)
                .firstLoadTimeout(Duration.ZERO)
                .build();
    }

    @Test
    void anHourWithoutTheStoreFailsNoRequest() {
        VirtualScheduler scheduler = new VirtualScheduler(clock);
        ship(SCOPE, 10, 1);
        try (EmbeddedRecommender reader = virtual(scheduler, new SplittableRandom(1))) {
            reader.recommend("acme", "home", "u1");
            scheduler.advance(Duration.ofSeconds(1));
            faulty.always(Fault.UNAVAILABLE);
            for (int minute = 1; minute <= 60; minute++) {
                scheduler.advance(Duration.ofMinutes(1));
                Recommendations answer = reader.recommend("acme", "home", "u1");
                assertThat(answer.items()).hasSize(10);
                assertThat(answer.degradations().get(0).kind()).isEqualTo(Kind.STALE);
            }
            SnapshotStatus status = reader.status("acme", "home");
            assertThat(status.state()).isEqualTo(State.STALE);
            assertThat(status.sinceVerified().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
            assertThat(status.failures()).as("asked on, and not too often").isBetween(60, 200);

            faulty.heal();
            scheduler.advance(Duration.ofSeconds(60));
            assertThat(reader.status("acme", "home").state()).isEqualTo(State.FRESH);
        }
        scheduler.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aReleaseIsServedWithinTheStatedTime(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VirtualScheduler scheduler = new VirtualScheduler(clock);
        ship(SCOPE, 10, 1);
        try (EmbeddedRecommender reader = virtual(scheduler, random)) {
            reader.recommend("acme", "home", "u1");
            scheduler.advance(Duration.ofSeconds(1));
            for (int release = 2; release <= 20; release++) {
                boolean outage = random.nextBoolean();
                if (outage) {
                    faulty.always(random.nextBoolean() ? Fault.UNAVAILABLE : Fault.DENIED);
                }
                scheduler.advance(Duration.ofMillis(random.nextInt(600_000)));
                ship(SCOPE, 9 + release, release);
                faulty.heal();
                // 1.2 intervals of 30 s, or the back-off if there was an outage; loading takes no virtual time
                scheduler.advance(outage ? Duration.ofSeconds(60) : Duration.ofSeconds(36));
                assertThat(reader.recommend("acme", "home", "u1").release()).isEqualTo(release);
            }
        }
        scheduler.shutdownNow();
    }

    /** A store of which every third or so read fails, or delivers something else than it has. */
    private static BlobStore unreliable(BlobStore store, AtomicLong seeds) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    SplittableRandom random = new SplittableRandom(seeds.incrementAndGet());
                    boolean fails = random.nextInt(100) < 30;
                    boolean reads = method.getName().equals("read");
                    boolean copies = method.getName().equals("copyTo");
                    if (!fails || !(reads || copies)) {
                        return call(() -> method.invoke(store, arguments));
                    }
                    if (random.nextBoolean()) {
                        throw new StoreUnavailableException("not reached, as the test wants it");
                    }
                    if (reads) {
                        Object result = call(() -> method.invoke(store, arguments));
                        return result instanceof ReadResult.Found found
                                ? new ReadResult.Found(new Blob(
                                        damaged(found.blob().bytes(), random),
                                        found.blob().version()))
                                : result;
                    }
                    ByteArrayOutputStream whole = new ByteArrayOutputStream();
                    Object[] others = arguments.clone();
                    others[1] = whole;
                    Object result = call(() -> method.invoke(store, others));
                    ((OutputStream) arguments[1]).write(damaged(whole.toByteArray(), random));
                    return result;
                });
    }

    private interface Call {
        Object make() throws ReflectiveOperationException;
    }

    private static Object call(Call call) throws Throwable {
        try {
            return call.make();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(bytes.length);
        if (random.nextBoolean()) {
            return Arrays.copyOf(damaged, at);
        }
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        return damaged;
    }

    /** The revisions that were loaded, by scope; each is held by its snapshot. */
    private static final class Generations implements RecommenderListener {
        private final Map<Scope, Queue<WeakReference<Revision>>> loaded = new ConcurrentHashMap<>();

        @Override
        public void onLoaded(SnapshotStatus status, Duration took) {
            loaded.computeIfAbsent(status.scope(), scope -> new ConcurrentLinkedQueue<>())
                    .add(new WeakReference<>(status.revision().orElseThrow()));
        }

        long most() {
            System.gc();
            return loaded.values().stream()
                    .mapToLong(queue ->
                            queue.stream().filter(ref -> ref.get() != null).count())
                    .max()
                    .orElse(0);
        }
    }

    @Test
    void twoHundredThreadsOverFiftySurfacesSeeWholeReleasesWhileAThirdOfTheReadsFails() throws InterruptedException {
        int surfaces = 50;
        int rounds = 5;
        for (int surface = 0; surface < surfaces; surface++) {
            ship(scope(surface), 10, 1);
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong answers = new AtomicLong();
        Semaphore atOnce = new Semaphore(4, true); // or the publisher would hardly get a turn
        ConcurrentLinkedQueue<String> mixed = new ConcurrentLinkedQueue<>();
        Generations generations = new Generations();
        List<Thread> threads = new ArrayList<>();
        try (EmbeddedRecommender reader = EmbeddedRecommender.builder(unreliable(store, new AtomicLong()))
                .refreshInterval(Duration.ofMillis(20))
                .localCopies(directory.resolve("copies"))
                .listener(generations)
                .build()) {
            for (int i = 0; i < 200; i++) {
                SplittableRandom random = new SplittableRandom(i);
                threads.add(new Thread(() -> {
                    while (!stop.get()) {
                        atOnce.acquireUninterruptibly();
                        request(reader, scope(random.nextInt(surfaces))).ifPresent(mixed::add);
                        answers.incrementAndGet();
                        atOnce.release();
                    }
                }));
            }
            threads.forEach(Thread::start);
            long heapBefore = 0;
            for (int round = 2; round <= rounds; round++) {
                for (int surface = 0; surface < surfaces; surface++) {
                    ship(scope(surface), 9 + round, round);
                }
                assertThat(generations.most()).isLessThanOrEqualTo(2);
                if (round == 2) {
                    heapBefore = usedHeap();
                }
            }
            long heapGrown = usedHeap() - heapBefore;
            long refreshThreads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("recsys-refresh-"))
                    .count();
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(mixed).isEmpty();
            assertThat(answers).hasPositiveValue();
            assertThat(refreshThreads).isLessThanOrEqualTo(8);
            assertThat(heapGrown).as("bytes, with a margin for the store's own").isLessThan(30_000_000);
            for (int surface = 0; surface < surfaces; surface++) {
                assertServedInTheEnd(reader, scope(surface), rounds);
            }
        }
    }

    private static Scope scope(int surface) {
        return new Scope("acme", "s" + surface);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Returns what is wrong: release r has 9 + r items, and its popularity falls in steps that give the salt away. */
    private static Optional<String> request(EmbeddedRecommender reader, Scope scope) {
        Recommendations answer = reader.recommend(
                RecommendationRequest.of(scope.tenant(), scope.surface()).k(100).build());
        int expected = answer.release() == 0 ? 0 : (int) (9 + answer.release());
        return answer.items().size() == expected
                ? Optional.empty()
                : Optional.of(answer.release() + " with " + answer.items().size() + " items");
    }

    /** Each poll may fail; so many in a row will not. */
    private static void assertServedInTheEnd(EmbeddedRecommender reader, Scope scope, int release) {
        for (int attempt = 0; attempt < 100; attempt++) {
            if (reader.recommend(scope.tenant(), scope.surface(), "u1").release() == release) {
                return;
            }
            reader.invalidate(scope.tenant(), scope.surface()).join();
        }
        assertThat(reader.status(scope.tenant(), scope.surface())
                        .revision()
                        .orElseThrow()
                        .release())
                .isEqualTo(release);
    }
}
