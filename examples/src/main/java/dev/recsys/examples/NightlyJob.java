package dev.recsys.examples;

import dev.recsys.OutcomeUnknownException;
import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A job of the host's own: it counts its sales, ships the counts as a release, tries the release out, and rolls back if
 * it is bad. Run it as often as you like: the same sales are shipped once.
 */
public final class NightlyJob {
    private static final String HANDLE_FILE = "unfinished-swap";

    private final BlobStore store;
    private final ManifestPublisher publisher;
    private final Path folder;
    private final SmokeTest smokeTest;

    /**
     * Creates a job.
     *
     * @param store where releases are; stays open
     * @param publisher over the same store; stays open
     * @param folder the job's own: its builds, and what it must remember until its next run
     * @param smokeTest decides whether a shipped release stays
     */
    public NightlyJob(BlobStore store, ManifestPublisher publisher, Path folder, SmokeTest smokeTest) {
        this.store = store;
        this.publisher = publisher;
        this.folder = folder;
        this.smokeTest = smokeTest;
    }

    /** How a run ended. */
    public enum Result {
        /** A new release serves. */
        SHIPPED,
        /** The same sales were shipped before and serve; nothing was changed. */
        ALREADY_CURRENT,
        /** The new release failed the smoke test; the one before serves again, and ships are held. */
        ROLLED_BACK,
        /** The store did not say whether the swap took effect; the next run finds out first. */
        UNKNOWN
    }

    /**
     * Ships some sales.
     *
     * @throws dev.recsys.RefusedException if a gate or a hold refuses; nothing changed, and a person should look
     * @throws dev.recsys.ConflictException if somebody else shipped or rolled back meanwhile; nothing changed
     * @throws dev.recsys.NotFoundException if the very first release is bad: there is none to go back to
     * @throws IOException if the job's own folder cannot be read or written
     */
    public Result run(Scope scope, List<Sale> sales) throws IOException {
        Files.createDirectories(folder);
        try {
            finishWhatWasUnknown();
            Build build = SalesBuild.write(folder.resolve("build"), scope, sales);
            return keepOrRollBack(
                    publisher.ship(ShipRequest.of(scope, build, "nightly sales").createSurface()));
        } catch (OutcomeUnknownException e) {
            Files.writeString(folder.resolve(HANDLE_FILE), e.handle());
            return Result.UNKNOWN;
        }
    }

    /**
     * The release is the lease: if somebody shipped or rolled back meanwhile, their decision stands. What was current
     * already is tried all the same, for the run that shipped it may have ended before it could.
     */
    private Result keepOrRollBack(Release shipped) {
        Optional<String> complaint = tryOut(shipped);
        if (complaint.isEmpty()) {
            return shipped.alreadyCurrent() ? Result.ALREADY_CURRENT : Result.SHIPPED;
        }
        publisher.rollback(shipped, "smoke test failed: " + complaint.get());
        return Result.ROLLED_BACK;
    }

    /** A recommender of its own, so that it reads what an application would read. */
    private Optional<String> tryOut(Release shipped) {
        Scope scope = shipped.scope();
        try (EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).build()) {
            recommender.preload(scope.tenant(), scope.surface(), Duration.ofSeconds(30));
            return smokeTest.complaint(recommender, scope);
        }
    }

    private void finishWhatWasUnknown() throws IOException {
        Path handle = folder.resolve(HANDLE_FILE);
        if (Files.exists(handle)) {
            publisher.resume(Files.readString(handle));
            Files.delete(handle);
        }
    }

    /** Takes the folder of a store, which is made if it is missing, and a folder to work in. */
    public static void main(String... args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: NightlyJob <folder of the store> <folder to work in>");
            System.exit(2);
        }
        Scope scope = new Scope(ShopEvents.TENANT, ShopEvents.SURFACE);
        try (FileBlobStore store = FileBlobStore.create(Path.of(args[0]));
                ManifestPublisher publisher = ManifestPublisher.open(store, "nightly-job")) {
            NightlyJob job = new NightlyJob(store, publisher, Path.of(args[1]), SmokeTest.newVisitorsSeeAtLeast(20));
            System.out.println(job.run(scope, salesOf(ShopEvents.shop(1))));
        }
    }

    /** Stands for a query of the host's own ledger. */
    static List<Sale> salesOf(ShopEvents shop) {
        return shop.events().stream()
                .filter(event -> event.type().equals("purchase"))
                .map(event -> new Sale(event.session(), event.item(), event.at()))
                .toList();
    }
}
