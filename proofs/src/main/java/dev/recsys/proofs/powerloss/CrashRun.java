package dev.recsys.proofs.powerloss;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerReads;
import dev.recsys.internal.pointer.StoredPointer;
import dev.recsys.proofs.ForwardingBlobStore;
import dev.recsys.proofs.Judge;
import dev.recsys.proofs.Told;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.RollbackRequest;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.SwapResult;
import dev.recsys.store.fs.CrashingDisk;
import dev.recsys.trust.TrustList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One seeded run: processes ship and roll back one after the other, with a rival between read and swap, each dies at some
 * operation of the disk, then the power goes; twice. A reader looks after every loss of power.
 */
final class CrashRun {
    static final Scope SCOPE = new Scope("acme", "home");
    private static final int POWER_LOSSES = 2;

    private static final int PROCESSES = 4;
    private static final int STEPS = 6;
    private static final int LONGEST_LIFE = 120; // operations of the disk
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final List<Build> builds;
    private final Random random;
    private final CrashingDisk disk;
    private final Judge judge = new Judge();
    private int operations;
    private int deaths;
    private int powerLosses;
    private int unusable;
    private long seenSeq;
    private String seenTx = "";

    CrashRun(long seed, CrashingDisk.Kind kind, List<Build> builds) {
        this.builds = builds;
        this.random = new Random(seed);
        this.disk = CrashingDisk.of(kind);
    }

    Crashes run() {
        try {
            crashAndLook();
        } catch (DamagedException
                | IllegalArgumentException e) { // whoever met it; the latter of a store without its marker
            judge.torn(String.valueOf(e.getMessage()));
        }
        return new Crashes(1, operations, deaths, powerLosses, unusable, judge.verdict());
    }

    private void crashAndLook() {
        for (int i = 0; i < POWER_LOSSES; i++) {
            for (int process = 0; process < PROCESSES; process++) {
                runProcess();
            }
            disk.losePower(random::nextBoolean);
            powerLosses++;
            look();
            shipAgain();
        }
        replay();
    }

    private void runProcess() {
        disk.dieAfter(random.nextInt(LONGEST_LIFE));
        deaths += disk.dies(() -> {
                    try (ManifestPublisher publisher = publisher(new WithRival(disk.open()))) {
                        for (int step = 0; step < STEPS; step++) {
                            operate(publisher);
                        }
                    }
                })
                ? 1
                : 0;
        disk.live();
    }

    private static ManifestPublisher publisher(BlobStore store) {
        return ManifestPublisher.builder(store, "proof")
                .patience(Duration.ofMillis(20))
                .build();
    }

    private void operate(ManifestPublisher publisher) {
        String operation = "op-" + ++operations;
        try {
            Release release = random.nextInt(4) == 0
                    ? publisher.rollback(RollbackRequest.of(SCOPE, operation).withoutHold())
                    : publisher.ship(ship(operation));
            judge.told(operation, release.alreadyCurrent() ? Told.ALREADY_SO : Told.COMMITTED);
        } catch (ConflictException | RefusedException | NotFoundException e) {
            judge.told(operation, Told.NOT_MADE);
        }
    }

    private ShipRequest ship(String operation) {
        ShipRequest request = ShipRequest.of(SCOPE, builds.get(random.nextInt(builds.size())), operation)
                .createSurface()
                .overrideAll();
        return random.nextInt(3) == 0 ? request.merge() : request;
    }

    /** Before a swap, another process may be faster; it may die too, of the same death that was due. */
    private final class WithRival extends ForwardingBlobStore {
        WithRival(BlobStore store) {
            super(store);
        }

        @Override
        public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
            if (random.nextInt(4) == 0) {
                boolean died = disk.dies(() -> operate(publisher(disk.open())));
                deaths += died ? 1 : 0;
            }
            return super.compareAndSet(register, expected, body, timeout);
        }
    }

    /** A reader after the restart: sees something whole, and nothing older than before. */
    private void look() {
        BlobStore store = disk.open();
        PointerReads pointers = new PointerReads(store, TrustList.ANYONE, TIMEOUT);
        Optional<Pointer> current = pointers.current(SCOPE).map(StoredPointer::pointer);
        long seq = current.map(Pointer::seq).orElse(0L);
        String tx = current.map(Pointer::tx).orElse("");
        if (seq < seenSeq || (seq == seenSeq && !tx.equals(seenTx))) {
            judge.regressed("a reader saw " + seq + " " + tx + " after " + seenSeq + " " + seenTx);
        }
        seenSeq = seq;
        seenTx = tx;
    }

    private void shipAgain() {
        String operation = "op-" + ++operations;
        try {
            Release release = publisher(disk.open()).ship(ship(operation));
            judge.told(operation, release.alreadyCurrent() ? Told.ALREADY_SO : Told.COMMITTED);
        } catch (DamagedException e) {
            throw e;
        } catch (RecsysException e) {
            unusable++;
        }
        look();
    }

    /** Tells the judge every revision in order, and whether what they name is there. */
    private void replay() {
        BlobStore store = disk.open();
        PointerReads pointers = new PointerReads(store, TrustList.ANYONE, TIMEOUT);
        ArtifactLoader loader = new ArtifactLoader(store, TIMEOUT);
        Optional<StoredPointer> current = pointers.current(SCOPE);
        long last = current.map(stored -> stored.pointer().seq()).orElse(0L);
        for (long seq = 1; seq <= last; seq++) {
            Optional<StoredPointer> revision = seq == last ? current : pointers.history(SCOPE, 1, seq);
            if (revision.isEmpty()) {
                judge.torn("revision " + seq + " of " + last + " is not in the history");
            } else {
                replay(revision.get().pointer(), loader);
            }
        }
    }

    private void replay(Pointer revision, ArtifactLoader loader) {
        String operation = revision.operation().reason().split(" ", 2)[0];
        judge.applied(operation, revision.epoch(), revision.seq());
        if (!revision.operation().kind().equals("ship")) {
            return;
        }
        revision.manifest().value().artifacts().keySet().forEach(type -> {
            try {
                loader.load(SCOPE, revision.manifest().value(), type);
            } catch (DamagedException e) {
                judge.dangling(String.valueOf(e.getMessage()));
            }
        });
    }
}
