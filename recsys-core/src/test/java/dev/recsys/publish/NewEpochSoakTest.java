package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.RefusedException;
import dev.recsys.artifact.Revision;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.trust.TrustList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a store went through, after the ceremony it is a sound one: histories and damages by chance, from seeds. */
class NewEpochSoakTest {
    private static final int SEEDS = Integer.getInteger("recsys.epoch.seeds", 200);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<Build> variants = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void build() {
        Builds builds = new Builds(directory);
        for (int salt = 1; salt <= 12; salt++) {
            variants.add(builds.popularityOnly(3, salt));
        }
    }

    @Test
    void afterTheCeremonyEverythingThatIsRetainedIsWholeAndStaysSo() {
        int begun = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                begun += new Life(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(begun).as("ceremonies that had something to begin with").isGreaterThan(SEEDS);
    }

    /** One surface with its operations, damages and ceremonies. */
    private final class Life {
        private final SplittableRandom random;
        private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
        private final Publishers publishers = new Publishers(clock);
        private MemoryBlobStore store = MemoryBlobStore.open();
        private ManifestPublisher publisher = publishers.over(store, "test");
        private long highestSeq;
        private long highestEpoch = 1;
        private boolean historyLost;

        Life(long seed) {
            random = new SplittableRandom(seed);
        }

        int run() {
            ship();
            int begun = 0;
            for (int round = random.nextInt(1, 4); round > 0; round--) {
                for (int i = random.nextInt(1, 15); i > 0; i--) {
                    operate();
                }
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    damage();
                }
                Optional<Revision> revision = begin();
                if (revision.isEmpty()) {
                    return begun;
                }
                begun++;
                check(revision.get());
            }
            return begun;
        }

        private void operate() {
            try {
                switch (random.nextInt(8)) {
                    case 0 ->
                        note(publisher
                                .rollback(RollbackRequest.of(SCOPE, "back").withoutHold())
                                .revision());
                    case 1 ->
                        publisher.collect(CollectRequest.of(SCOPE, "retention")
                                .keepReleases(random.nextInt(1, 5))
                                .keepFor(Duration.ofHours(random.nextInt(5))));
                    case 2 -> note(publisher.pin("acme", "home", random.nextLong(1, highestSeq + 1), "keep"));
                    case 3 -> note(publisher.unpin("acme", "home", random.nextLong(1, highestSeq + 1), "enough"));
                    default -> ship();
                }
            } catch (NotFoundException | RefusedException e) {
                clock.advance(Duration.ofMinutes(1));
            }
            note(publisher.current("acme", "home"));
            clock.advance(Duration.ofHours(1));
        }

        private void ship() {
            Build build = variants.get(random.nextInt(variants.size()));
            note(publisher
                    .ship(ShipRequest.of(SCOPE, build, "ship").createSurface().overrideAll())
                    .revision());
        }

        private void note(Revision revision) {
            highestSeq = Math.max(highestSeq, revision.seq());
            highestEpoch = Math.max(highestEpoch, revision.epoch());
        }

        private void damage() {
            List<BlobKey> history = keys(ScopeKeys.historyPrefix(SCOPE));
            Optional<BlobKey> entry = history.isEmpty() ? Optional.empty() : Optional.of(anyOf(history));
            switch (random.nextInt(10)) {
                case 0, 1 -> entry.ifPresent(key -> overwrite(bytes(key).orElseThrow()));
                case 2 -> overwrite("not a pointer".getBytes(StandardCharsets.UTF_8));
                case 3 -> loseRegister();
                case 4 -> entry.ifPresent(key -> replace(key, Optional.empty()));
                case 5 -> entry.ifPresent(key -> replace(key, Optional.of(new byte[] {1})));
                case 6 -> fork();
                case 7 -> junk();
                case 8 -> spoil();
                default -> {
                    List<BlobKey> artifacts = keys(ScopeKeys.artifactsPrefix(SCOPE));
                    if (!artifacts.isEmpty()) {
                        store.delete(anyOf(artifacts), TIMEOUT);
                    }
                }
            }
        }

        private <T> T anyOf(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private List<BlobKey> keys(String prefix) {
            return store.list(prefix, "", 10_000, TIMEOUT);
        }

        private Optional<byte[]> bytes(BlobKey key) {
            ReadResult read = store.read(key, BlobVersion.ABSENT, 1 << 20, TIMEOUT);
            return read instanceof ReadResult.Found found
                    ? Optional.of(found.blob().bytes())
                    : Optional.empty();
        }

        private void overwrite(byte[] bytes) {
            ReadResult read = store.read(ScopeKeys.current(SCOPE), BlobVersion.ABSENT, 1 << 20, TIMEOUT);
            BlobVersion version = read instanceof ReadResult.Found found ? version(found.blob()) : BlobVersion.ABSENT;
            store.compareAndSet(ScopeKeys.current(SCOPE), version, bytes, TIMEOUT);
        }

        private BlobVersion version(Blob blob) {
            return blob.version();
        }

        private void loseRegister() {
            MemoryBlobStore without = MemoryBlobStore.open();
            for (BlobKey key : keys("")) {
                if (!key.isRegister()) {
                    without.create(key, BlobSource.of(bytes(key).orElseThrow()), TIMEOUT);
                }
            }
            store = without;
            publisher = publishers.over(store, "test");
        }

        private void replace(BlobKey key, Optional<byte[]> bytes) {
            historyLost = true;
            store.delete(key, TIMEOUT);
            bytes.ifPresent(others -> store.create(key, BlobSource.of(others), TIMEOUT));
        }

        /** The history gets another revision of the pointer's own number, as from a second line of a restored store. */
        private void fork() {
            decoded(ScopeKeys.current(SCOPE))
                    .filter(pointer -> pointer.parent().isPresent())
                    .ifPresent(pointer -> {
                        Pointer other = pointer.withQuarantined(List.of()).withHold(Optional.empty());
                        byte[] bytes = PointerCodec.encode(new Pointer(
                                other.scope(),
                                other.epoch(),
                                other.seq(),
                                "tx-of-another-line",
                                other.parent(),
                                other.swappedAt(),
                                new Revision.Operation("ship", "somebody", "the other line"),
                                random.nextBoolean() ? other.seq() : other.release(),
                                other.manifest(),
                                other.hold(),
                                other.quarantined(),
                                other.retention(),
                                other.collectorRun()));
                        store.create(
                                ScopeKeys.history(SCOPE, pointer.epoch(), pointer.seq()),
                                BlobSource.of(bytes),
                                TIMEOUT);
                    });
        }

        private Optional<Pointer> decoded(BlobKey key) {
            try {
                return bytes(key).map(bytes -> PointerCodec.decode(TrustList.ANYONE, SCOPE, "test", bytes));
            } catch (DamagedException e) {
                return Optional.empty();
            }
        }

        private void junk() {
            String name = anyOf(List.of(
                    "999/00000000000000000001",
                    "999/00000000000000000000",
                    "1/09007199254740991",
                    "1/00009007199254740991",
                    (highestEpoch + 1) + "/" + String.format("%020d", highestSeq + 2),
                    (highestEpoch + 10) + "/00000000000000000001",
                    "1/junk"));
            store.create(new BlobKey(ScopeKeys.historyPrefix(SCOPE) + name), BlobSource.of(new byte[1]), TIMEOUT);
        }

        /** Somebody wrote a pointer with numbers far ahead. */
        private void spoil() {
            decoded(ScopeKeys.current(SCOPE))
                    .filter(pointer -> pointer.epoch() < 100 && pointer.seq() < 2_000_000)
                    .ifPresent(pointer -> {
                        long far = PointerCodec.MAX_SEQ - random.nextInt(2);
                        Pointer spoiled = new Pointer(
                                pointer.scope(),
                                pointer.epoch(),
                                far,
                                "spoiled",
                                Optional.of(new Pointer.Parent(
                                        far - 1,
                                        "no such",
                                        variants.get(0)
                                                .artifacts()
                                                .values()
                                                .iterator()
                                                .next()
                                                .sha256())),
                                pointer.swappedAt(),
                                pointer.operation(),
                                pointer.release(),
                                pointer.manifest(),
                                pointer.hold(),
                                pointer.quarantined(),
                                pointer.retention(),
                                pointer.collectorRun());
                        overwrite(PointerCodec.encode(spoiled));
                    });
        }

        private Optional<Revision> begin() {
            try {
                return Optional.of(
                        publisher.newEpoch("acme", "home", "restored").revision());
            } catch (NotFoundException | DamagedException e) {
                for (long id = highestSeq; id >= 1; id--) {
                    try {
                        return Optional.of(publisher
                                .newEpoch("acme", "home", id, "restored, and damaged")
                                .revision());
                    } catch (NotFoundException | DamagedException next) {
                        clock.advance(Duration.ofMinutes(1));
                    }
                }
                assertThat(anyIsWhole())
                        .as("could begin, and does not: " + e.getMessage())
                        .isFalse();
                return Optional.empty();
            }
        }

        private boolean anyIsWhole() {
            Optional<Pointer> base = decoded(ScopeKeys.current(SCOPE));
            return keys(ScopeKeys.historyPrefix(SCOPE)).stream()
                    .flatMap(key -> decoded(key).stream())
                    .filter(pointer -> pointer.release() == pointer.seq() && pointer.seq() < 5_000_000)
                    .filter(pointer ->
                            base.filter(one -> one.retains(pointer.seq())).isPresent())
                    .anyMatch(pointer -> pointer.manifest().value().artifacts().values().stream()
                            .allMatch(ref -> bytes(ref.key()).isPresent()));
        }

        private void check(Revision begun) {
            if (!historyLost) {
                assertThat(begun.seq()).as("no number again").isGreaterThan(highestSeq);
            }
            assertThat(begun.epoch()).isGreaterThan(highestEpoch).isLessThanOrEqualTo(highestEpoch + 10);
            assertThat(begun.seq()).as("no spoiled number").isLessThan(5_000_000);
            note(begun);
            assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
            assertThat(publisher.verify("acme", "home").damages())
                    .as("what is retained")
                    .allMatch(damage -> damage.releases().isEmpty());
            ship();
            Map<Long, Revision> reachable = reachable();
            assertThat(reachable).containsKey(begun.release());
            publisher.collect(
                    CollectRequest.of(SCOPE, "keep all").keepReleases(1_000).keepFor(Duration.ofDays(1_000)));
            Map<Long, Revision> afterwards = reachable();
            assertThat(afterwards.keySet()).isEqualTo(reachable.keySet());
            assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
            publisher.collect(
                    CollectRequest.of(SCOPE, "keep one").keepReleases(1).keepFor(Duration.ZERO));
            assertThat(publisher.scrub("acme", "home").damages()).isEmpty();
            ship();
            assertThat(new PointerReads(store, TrustList.ANYONE, TIMEOUT)
                            .existing(SCOPE)
                            .pointer()
                            .epoch())
                    .isEqualTo(begun.epoch());
        }

        /** Every release that a rollback goes to, each read whole by it. */
        private Map<Long, Revision> reachable() {
            Map<Long, Revision> found = new TreeMap<>();
            for (long id = 1; id <= highestSeq; id++) {
                try {
                    Revision revision = publisher
                            .rollback(RollbackRequest.of(SCOPE, "look").to(id).withoutHold())
                            .revision();
                    note(revision);
                    found.put(id, revision);
                } catch (NotFoundException e) {
                    found.remove(id);
                } catch (ConflictException | RefusedException e) {
                    throw new AssertionError("nobody else is here", e);
                } catch (RecsysException e) {
                    throw new AssertionError("release " + id + " is retained and cannot be gone back to", e);
                }
            }
            return found;
        }
    }
}
