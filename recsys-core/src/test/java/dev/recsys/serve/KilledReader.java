package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;

import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.table.Table;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A process that reads a release, for another one that kills it. It says {@link #READING} once a thread of it is reading a
 * table of the release, and {@link #LOADED} should it come to the end.
 *
 * <p>Arguments: the folder of local copies, the revision's number, and what is in the store: nothing, which means that the
 * store is away, or a file with the pointer and pairs of a key and a file.
 */
final class KilledReader {
    static final String READING = "reading";
    static final String LOADED = "loaded";

    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private final Path copies;
    private final long seq;

    private KilledReader(Path copies, long seq) {
        this.copies = copies;
        this.seq = seq;
    }

    public static void main(String[] arguments) throws IOException {
        KilledReader reader = new KilledReader(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        Thread watch = new Thread(reader::tellWhenReading);
        watch.setDaemon(true);
        watch.start();
        reader.run(store(Arrays.asList(arguments).subList(2, arguments.length)));
    }

    private static FaultyBlobStore store(List<String> content) throws IOException {
        FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
        if (content.isEmpty()) {
            store.always(Fault.UNAVAILABLE);
            return store;
        }
        for (int i = 1; i < content.size(); i += 2) {
            store.create(new BlobKey(content.get(i)), BlobSource.of(Path.of(content.get(i + 1))), ENOUGH);
        }
        byte[] pointer = Files.readAllBytes(Path.of(content.get(0)));
        store.compareAndSet(ScopeKeys.current(SCOPE), BlobVersion.ABSENT, pointer, ENOUGH);
        return store;
    }

    private void run(FaultyBlobStore store) {
        EmbeddedRecommender.Builder builder = EmbeddedRecommender.builder(store)
                .localCopies(copies)
                .listener(new RecommenderListener() {
                    @Override
                    public void onLoaded(SnapshotStatus status, Duration took) {
                        if (status.revision().orElseThrow().seq() == seq) {
                            System.out.println(LOADED);
                        }
                    }
                });
        try (EmbeddedRecommender recommender = builder.build()) {
            recommender.invalidate(SCOPE.tenant(), SCOPE.surface()).join();
        }
    }

    private void tellWhenReading() {
        while (!isMarked() || !isReading()) {
            Thread.onSpinWait();
        }
        System.out.println(READING);
    }

    private boolean isMarked() {
        try {
            Path folder = copies.resolve(SCOPE.tenant()).resolve(SCOPE.surface());
            return !LocalDisk.list(folder, "1-" + seq + ".", ".loading").isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isReading() {
        String packageName = Table.class.getPackageName();
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(packageName + ".TableReader"));
    }
}
