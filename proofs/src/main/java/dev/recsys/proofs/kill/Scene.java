package dev.recsys.proofs.kill;

import dev.recsys.Scope;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.publish.Build;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folders of a run, and what is in them: a store, builds that were made before, journals.
 *
 * @param root of all of them
 */
record Scene(Path root) {
    static final int SURFACES = 2;

    private static final int WHOLE_BUILDS = 12;
    private static final int BUILDS = 18; // the others have co-visitation only, for merging

    static Scope surface(int number) {
        return new Scope("acme", "s" + number);
    }

    static IntStream surfaces() {
        return IntStream.rangeClosed(1, SURFACES);
    }

    static int wholeBuild(int surface, int dice) {
        return surface * 100 + dice % WHOLE_BUILDS;
    }

    static int anyBuild(int surface, int dice) {
        return surface * 100 + dice % BUILDS;
    }

    Path store() {
        return root.resolve("store");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path journal(String process) {
        return root.resolve("journals").resolve(process);
    }

    Path buildFolder(int number) {
        return root.resolve("builds").resolve(Integer.toString(number));
    }

    /** Opens the store as every process does. */
    BlobStore open() {
        return new ContentTokens(FileBlobStore.at(store()));
    }

    Build build(int number) {
        return Build.at(buildFolder(number));
    }

    /** Makes everything. */
    void create() throws IOException {
        Files.createDirectories(root.resolve("journals"));
        Files.createDirectories(temporary());
        FileBlobStore.create(store()).close();
        surfaces().forEach(surface -> {
            for (int dice = 0; dice < BUILDS; dice++) {
                int number = anyBuild(surface, dice);
                Build unused = dice < WHOLE_BUILDS
                        ? SmallBuilds.both(buildFolder(number), surface(surface), number)
                        : SmallBuilds.coocOnly(buildFolder(number), surface(surface), number);
            }
        });
    }

    /** Returns how many temporary files writers left in the store. */
    long leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(store())) {
            return files.filter(file -> file.getFileName().toString().startsWith(".tmp-"))
                    .filter(Files::isRegularFile)
                    .count();
        }
    }
}
