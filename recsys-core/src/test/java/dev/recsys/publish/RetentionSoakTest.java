package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.ConflictException;
import dev.recsys.NotFoundException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers, rollbacks and collectors without any grace at once, on real threads: what is named is always there. */
class RetentionSoakTest {
    private static final int OPERATIONS = Integer.getInteger("recsys.retention.operations", 20_000);
    private static final int PUBLISHERS = 8;
    private static final int ROLLBACKERS = 4;
    private static final int COLLECTORS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final PointerReads pointers = new PointerReads(store, TrustList.ANYONE, TIMEOUT);
    private final AtomicInteger begun = new AtomicInteger();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> dangling = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    /** One operation of one thread, chosen by chance. */
    private interface Work {
        Revision run(ManifestPublisher publisher, SplittableRandom random, int number);
    }

    @Test
    void nothingThatIsNamedIsEverMissing() throws InterruptedException, ExecutionException {
        Builds builds = new Builds(directory);
        List<Build> variants = new ArrayList<>();
        for (int salt = 1; salt <= 8; salt++) {
            variants.add(builds.both(3, salt));
            variants.add(builds.popularityOnly(3, salt));
        }
        try (ManifestPublisher first = ManifestPublisher.open(store, "first")) {
            first.ship(ShipRequest.of(SCOPE, variants.get(0), "first").createSurface());
        }
        Work ship = (publisher, random, number) -> publisher
                .ship(request(variants.get(random.nextInt(variants.size())), number))
                .revision();
        Work rollback = (publisher, random, number) -> publisher
                .rollback(RollbackRequest.of(SCOPE, "rollback " + number).withoutHold())
                .revision();
        Work collect = (publisher, random, number) -> publisher
                .collect(CollectRequest.of(SCOPE, "collect " + number)
                        .keepReleases(1 + random.nextInt(3))
                        .keepFor(Duration.ZERO))
                .revision()
                .orElseThrow(() -> new NotFoundException("nothing to collect"));
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        start(threads, running, PUBLISHERS, "ship", ship);
        start(threads, running, ROLLBACKERS, "rollback", rollback);
        start(threads, running, COLLECTORS, "collect", collect);
        for (Future<?> thread : running) {
            thread.get();
        }
        threads.shutdown();

        System.out.println("operations " + OPERATIONS + ", outcomes " + outcomes + ", dangling " + dangling.size()
                + ", artifacts left "
                + store.list(ScopeKeys.artifactsPrefix(SCOPE), "", 1_000_000, TIMEOUT)
                        .size());
        assertThat(dangling).isEmpty();
        assertThat(outcomes).containsKeys("ship done", "rollback done", "collect done");
        try (ManifestPublisher last = ManifestPublisher.open(store, "last")) {
            assertThat(last.scrub("acme", "home").damages()).isEmpty();
            assertThat(last.verify("acme", "home").damages()).isEmpty();
        }
    }

    private static ShipRequest request(Build build, int number) {
        return ShipRequest.of(SCOPE, build, "ship " + number).overrideAll().merge();
    }

    private void start(ExecutorService threads, List<Future<?>> running, int count, String kind, Work work) {
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(kind.hashCode() * 31L + i);
            running.add(threads.submit(() -> repeat(kind, work, random)));
        }
    }

    private void repeat(String kind, Work work, SplittableRandom random) {
        try (ManifestPublisher publisher = ManifestPublisher.open(store.anotherEndpoint(), kind)) {
            for (int number = begun.incrementAndGet(); number <= OPERATIONS; number = begun.incrementAndGet()) {
                String outcome = outcome(publisher, work, random, number);
                outcomes.computeIfAbsent(kind + " " + outcome, name -> new AtomicInteger())
                        .incrementAndGet();
                look();
            }
        }
    }

    private static String outcome(ManifestPublisher publisher, Work work, SplittableRandom random, int number) {
        try {
            work.run(publisher, random, number);
            return "done";
        } catch (ConflictException e) {
            return "conflict";
        } catch (NotFoundException e) {
            return "nothing to do";
        }
    }

    /** What a pointer names is there as long as it is the pointer. */
    private void look() {
        StoredPointer current = pointers.existing(SCOPE);
        current.pointer().manifest().value().artifacts().values().forEach(ref -> {
            if (store.stat(ref.key(), TIMEOUT).isEmpty()
                    && pointers.existing(SCOPE).version().equals(current.version())) {
                dangling.add(current.pointer().seq() + " " + ref.key());
            }
        });
    }
}
