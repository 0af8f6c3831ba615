package dev.recsys.proofs.cost;

import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.proofs.ReaderThread;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.proofs.wire.Cloud;
import dev.recsys.publish.Build;
import dev.recsys.publish.CollectRequest;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.RollbackRequest;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.BlobStore;
import dev.recsys.testserver.FaultyProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Does everything once, with the real client over a wire that counts. */
final class Meter {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration AMPLE = Duration.ofSeconds(60);
    private static final Scope TWO = new Scope("acme", "two");
    private static final Scope ONE = new Scope("acme", "one");

    private final Cloud cloud;
    private final FaultyProxy wire;
    private final Path folder;
    private final Map<Occasion, Requests> counted = new EnumMap<>(Occasion.class);
    private final ReaderThread readerThread;

    private Meter(Cloud cloud, FaultyProxy wire, Path folder, ReaderThread readerThread) {
        this.readerThread = readerThread;
        this.cloud = cloud;
        this.wire = wire;
        this.folder = folder;
    }

    /**
     * Counts what each occasion takes.
     *
     * @param folder for builds, which are left there
     */
    static Map<Occasion, Requests> count(Cloud.Kind kind, Path folder) {
        try (Cloud cloud = kind.start();
                FaultyProxy wire = cloud.newWire();
                BlobStore store = cloud.open(wire.endpoint());
                ReaderThread readerThread = new ReaderThread()) {
            Meter meter = new Meter(cloud, wire, folder.resolve(kind.toString()), readerThread);
            meter.run(store);
            return meter.counted;
        }
    }

    private void run(BlobStore store) {
        ManifestPublisher publisher = ManifestPublisher.builder(store, "meter")
                .callTimeout(AMPLE)
                .artifactTimeout(AMPLE)
                .build();
        try (EmbeddedRecommender reader = EmbeddedRecommender.builder(store)
                .refreshInterval(NEVER)
                .callTimeout(AMPLE)
                .artifactTimeout(AMPLE)
                .executor(readerThread.executor())
                .build()) {
            twoArtifacts(publisher, reader);
            oneArtifact(publisher, reader);
        }
    }

    private void twoArtifacts(ManifestPublisher publisher, EmbeddedRecommender reader) {
        Build first = build(TWO, 1);
        Build second = build(TWO, 2);
        count(Occasion.FIRST_SHIP, () -> ship(publisher, TWO, first));
        count(Occasion.SHIP, () -> ship(publisher, TWO, second));
        count(Occasion.SHIP_AGAIN, () -> ship(publisher, TWO, second));
        count(Occasion.START, () -> reader.preload(TWO.tenant(), TWO.surface(), AMPLE));
        count(Occasion.POLL, () -> poll(reader, TWO));
        count(
                Occasion.ROLLBACK,
                () -> publisher.rollback(RollbackRequest.of(TWO, "back").withoutHold()));
        poll(reader, TWO);
        ship(publisher, TWO, build(TWO, 3));
        count(Occasion.POLL_NEW, () -> poll(reader, TWO));
        count(Occasion.COLLECT, () -> collect(publisher));
        count(Occasion.COLLECT_NOTHING, () -> collect(publisher));
    }

    private void oneArtifact(ManifestPublisher publisher, EmbeddedRecommender reader) {
        ship(publisher, ONE, SmallBuilds.coocOnly(folder.resolve("one-1"), ONE, 1));
        reader.preload(ONE.tenant(), ONE.surface(), AMPLE);
        Build second = SmallBuilds.coocOnly(folder.resolve("one-2"), ONE, 2);
        count(Occasion.SHIP_OF_ONE, () -> ship(publisher, ONE, second));
        count(Occasion.POLL_NEW_OF_ONE, () -> poll(reader, ONE));
    }

    private Build build(Scope scope, int number) {
        return SmallBuilds.both(folder.resolve("two-" + number), scope, number);
    }

    private static Release ship(ManifestPublisher publisher, Scope scope, Build build) {
        return publisher.ship(ShipRequest.of(scope, build, "count").createSurface());
    }

    private static void poll(EmbeddedRecommender reader, Scope scope) {
        var unused = reader.invalidate(scope.tenant(), scope.surface()).join();
    }

    private static void collect(ManifestPublisher publisher) {
        var unused = publisher.collect(
                CollectRequest.of(TWO, "count").keepReleases(1).keepFor(Duration.ZERO));
    }

    private void count(Occasion occasion, Runnable work) {
        readerThread.awaitQuiet();
        wire.clearRequests();
        work.run();
        readerThread.awaitQuiet();
        counted.put(
                occasion,
                Requests.of(wire.requests().stream().map(cloud::callOf).toList()));
    }
}
