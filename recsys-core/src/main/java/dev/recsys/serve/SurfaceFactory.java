package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.internal.artifact.ArtifactLoader;
import dev.recsys.internal.pointer.PointerReads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Puts together what a surface needs.
 *
 * @param pointers reads pointers
 * @param store reads artifacts
 * @param listeners are told
 * @param nanoTime monotonic time
 * @param staleAfter how old the last look at the store may be
 * @param disk where local copies are kept, and how
 * @param memory how much releases may take
 * @param planners make what requests rank by
 */
record SurfaceFactory(
        PointerReads pointers,
        ArtifactLoader store,
        Listeners listeners,
        LongSupplier nanoTime,
        Duration staleAfter,
        Disk disk,
        MemoryBudget memory,
        Function<Scope, Planner> planners) {

    /**
     * What is on the local disk.
     *
     * @param files how to write there
     * @param copies the folder of local copies
     * @param bootstrap the folder that came with the application
     * @param coolDown how long a revision is left alone that processes died of
     * @param helpers where copies are read beside the thread that needs them
     */
    record Disk(
            LocalDisk files, Optional<Path> copies, Optional<Path> bootstrap, Duration coolDown, Executor helpers) {}

    Surface surface(Scope scope) {
        Service service = new Service();
        SnapshotLoader snapshots = new SnapshotLoader(memory, service, store.isMapping());
        Optional<LocalCopies> copies = disk.copies().map(root -> copies(folder(root, scope)));
        Optional<CopyFolder> bootstrap = disk.bootstrap().map(root -> folder(root, scope));
        return new Surface(
                scope,
                pointers,
                new ReleaseLoader(snapshots, store, copies),
                new ColdStart(snapshots, copies, bootstrap, new CopyReader(new SharedWork(disk.helpers()))),
                service,
                planners.apply(scope),
                new VariantReleases(snapshots, store, pointers),
                listeners,
                nanoTime,
                staleAfter);
    }

    private CopyFolder folder(Path root, Scope scope) {
        return new CopyFolder(root, scope, pointers, store);
    }

    private LocalCopies copies(CopyFolder folder) {
        LoadMarkers markers = new LoadMarkers(folder.path(), disk.files(), nanoTime, disk.coolDown());
        return new LocalCopies(folder, disk.files(), markers, store, new DiskRetry(nanoTime));
    }
}
