package dev.recsys.proofs.matrix;

import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.Release;
import dev.recsys.proofs.Judge;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.proofs.SurfaceWatch;
import dev.recsys.proofs.Told;
import dev.recsys.publish.Build;
import dev.recsys.publish.CollectReport;
import dev.recsys.publish.CollectRequest;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.WireRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries one cell: a surface with two releases of a client that nothing happens to, the operation under test over the failing
 * wire, and then, on the whole wire again, everything that may show that what it told was wrong.
 */
final class CellRun {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400); // how long a call waits for what never comes
    private static final int MOST_ATTEMPTS = 5; // each with twice the time
    private static final int MOST_POLLS = 10;

    private final Bench bench;
    private final Cell cell;
    private final Duration shortTime;
    private final Scope scope;
    private final Path builds;
    private final Judge judge = new Judge();
    private final SurfaceWatch watch;
    private final AtomicInteger met = new AtomicInteger();
    private final List<String> wrong = new ArrayList<>();
    private final List<BlobKey> garbage = new ArrayList<>();
    private String handle = "";
    private int requests;

    private CellRun(Bench bench, Cell cell, int attempt) {
        this.bench = bench;
        this.cell = cell;
        this.shortTime = SHORT.multipliedBy(1L << attempt);
        this.scope = new Scope("acme", "c" + cell.number() + "-" + attempt);
        this.builds = bench.folder().resolve(cell.cloud() + "-" + scope.surface());
        this.watch = new SurfaceWatch(bench.cloud(), builds, scope, judge);
    }

    /** Tries it; again and with more time if the machine was so slow that nothing met the fault. */
    static CellResult run(Bench bench, Cell cell) {
        CellRun run = new CellRun(bench, cell, 0);
        CellResult result = run.run();
        for (int attempt = 1; run.met.get() == 0 && run.mayTakeLong() && attempt < MOST_ATTEMPTS; attempt++) {
            run = new CellRun(bench, cell, attempt);
            result = run.run();
        }
        return result;
    }

    private CellResult run() {
        ManifestPublisher clean = ManifestPublisher.builder(bench.clean(), "clean")
                .callTimeout(AMPLE)
                .build();
        clean.createSurface(scope.tenant(), scope.surface(), "op-create");
        judge.told("op-create", Told.COMMITTED);
        shipCleanly(clean, 1).ifPresent(this::becomesGarbage);
        shipCleanly(clean, 2);
        Mark mark;
        try (BlobStore store = bench.openOverTheWire()) {
            ManifestPublisher publisher = publisherOver(store);
            mark = cell.target().work() == Target.Work.READ ? read(store, clean) : operate(publisher);
            bench.wire().heal();
            landIf(Cell.Landing.BEFORE_IT_IS_SETTLED);
            mark = handle.isEmpty() ? mark : settle(publisher);
            landIf(Cell.Landing.AFTER_IT_IS_SETTLED);
        }
        watch.lookForDangling();
        shipCleanly(clean, 4);
        landIf(Cell.Landing.AFTER_THE_NEXT_SHIP);
        watch.lookForDangling();
        watch.compareHistory();
        readCleanly();
        if (met.get() == 0) {
            wrong.add("no request met the fault");
        }
        return CellResult.of(cell, mark, requests, judge.verdict(), wrong);
    }

    private boolean mayTakeLong() {
        return cell.strike()
                .map(strike -> strike.lasting() || strike.fault() == WireFault.STALL)
                .orElse(false);
    }

    private Duration callTimeout() {
        return mayTakeLong() ? shortTime : AMPLE;
    }

    private ManifestPublisher publisherOver(BlobStore store) {
        boolean lasting = cell.strike().map(Strike::lasting).orElse(false);
        return ManifestPublisher.builder(store, "tested")
                .callTimeout(callTimeout())
                .artifactTimeout(callTimeout())
                .patience(lasting ? shortTime.multipliedBy(2) : AMPLE)
                .build();
    }

    private void strike() {
        bench.wire().clearRequests();
        cell.strike().ifPresent(strike -> {
            if (strike.lasting()) {
                bench.wire().always(this::meets, strike.timing(), strike.fault());
            } else {
                bench.wire().next(this::meets, strike.timing(), strike.fault());
            }
        });
    }

    private boolean meets(WireRequest request) {
        boolean meets = cell.target().isMetBy(bench.cloud().callOf(request));
        if (meets) {
            met.incrementAndGet();
        }
        return meets;
    }

    private Build build(int number) {
        return SmallBuilds.both(builds.resolve(Integer.toString(number)), scope, number);
    }

    private void becomesGarbage(Release release) {
        release.manifest().artifacts().values().forEach(ref -> garbage.add(ref.key()));
    }

    private Optional<Release> shipCleanly(ManifestPublisher publisher, int number) {
        String operation = "op-clean-" + number;
        try {
            Release release = publisher.ship(ShipRequest.of(scope, build(number), operation));
            judge.told(operation, Told.COMMITTED);
            watch.catchUp();
            requireMade(operation, release.id());
            return Optional.of(release);
        } catch (RecsysException e) {
            wrong.add("a ship without any fault failed: " + e);
            return Optional.empty();
        }
    }

    private void requireMade(String operation, long release) {
        if (!watch.hasRevision(release, operation)) {
            wrong.add(operation + " told of release " + release + ", which it did not make");
        }
    }

    /** The operation under test, and what it tells its caller. */
    private Mark operate(ManifestPublisher publisher) {
        Build third = build(3);
        strike();
        try {
            Mark mark = cell.target().work() == Target.Work.SHIP ? ship(publisher, third) : collect(publisher);
            judge.told("op-tested", Told.COMMITTED);
            return mark;
        } catch (OutcomeUnknownException e) {
            judge.told("op-tested", Told.UNKNOWN);
            handle = e.handle();
            return Mark.FOUND_NOT_MADE;
        } catch (StoreUnavailableException | StoreDeniedException e) {
            judge.told("op-tested", Told.NOT_MADE);
            return Mark.NOT_MADE;
        } catch (DamagedException e) {
            judge.told("op-tested", Told.NOT_MADE);
            return Mark.DAMAGED;
        } catch (ConflictException | RefusedException | NotFoundException e) { // there is nobody else, and no gate
            judge.told("op-tested", Told.NOT_MADE);
            wrong.add("wrongly reported: " + e);
            return Mark.WRONG;
        } finally {
            count();
        }
    }

    private void count() {
        List<WireRequest> seen = bench.wire().requests();
        requests = seen.size();
        if (cell.strike().isEmpty()) {
            seen.forEach(this::meets);
        }
    }

    private Mark ship(ManifestPublisher publisher, Build third) {
        Release release = publisher.ship(ShipRequest.of(scope, third, "op-tested"));
        watch.catchUp();
        requireMade("op-tested", release.id());
        return Mark.DONE;
    }

    private Mark collect(ManifestPublisher publisher) {
        CollectReport report = publisher.collect(
                CollectRequest.of(scope, "op-tested").keepReleases(1).keepFor(Duration.ZERO));
        if (report.revision().isEmpty()) {
            wrong.add("a collection of a release that is too old told that there is nothing to do");
        }
        if (report.notDeleted() > 0) {
            return Mark.PARTLY;
        }
        boolean saidAll = report.objects() == garbage.size();
        boolean isThere =
                garbage.stream().anyMatch(key -> bench.cloud().content(key).isPresent());
        if (saidAll && isThere && cell.isALieInTheServersWords()) {
            return Mark.LIED_TO;
        }
        if (saidAll && isThere) {
            wrong.add("wrongly reported: all " + report.objects() + " were said to be deleted, and one is there");
        }
        return Mark.DONE;
    }

    private Mark settle(ManifestPublisher publisher) {
        try {
            Told told =
                    Told.by(cell.chances().aborts() ? publisher.abort(handle, "op-abort") : publisher.resume(handle));
            judge.told("op-tested", told);
            return told == Told.COMMITTED ? Mark.FOUND_COMMITTED : Mark.FOUND_NOT_MADE;
        } catch (RecsysException e) {
            wrong.add("what is unknown cannot be settled on a whole wire: " + e);
            return Mark.WRONG;
        }
    }

    private void landIf(Cell.Landing now) {
        if (cell.chances().landing() == now) {
            bench.wire().landLate();
            watch.catchUp();
        }
    }

    /** A reader that serves release 2 meets the fault when there is a release 3. */
    private Mark read(BlobStore store, ManifestPublisher clean) {
        try (TestedReader reader = new TestedReader(store, scope, callTimeout())) {
            long before = reader.start();
            shipCleanly(clean, 3);
            strike();
            reader.poll();
            count();
            long after = reader.served(watch);
            bench.wire().heal();
            if (after > before) {
                return Mark.DONE;
            }
            for (int polls = 0; after == before && polls < MOST_POLLS; polls++) { // on a slow machine more than one
                reader.poll();
                after = reader.served(watch);
            }
            if (after == before) {
                wrong.add("a reader stays behind although the wire is whole");
            }
            return Mark.SERVES_ON;
        } catch (RecsysException e) {
            wrong.add("a reader failed: " + e);
            return Mark.WRONG;
        }
    }

    private void readCleanly() {
        try (TestedReader reader = new TestedReader(bench.clean(), scope, AMPLE)) {
            reader.start();
            long served = reader.served(watch);
            if (served != watch.revisions()) {
                wrong.add("a new reader serves revision " + served + " of " + watch.revisions());
            }
        } catch (RecsysException e) {
            wrong.add("a new reader has nothing: " + e);
        }
    }
}
