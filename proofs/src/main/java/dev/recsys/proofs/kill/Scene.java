package dev.recsys.proofs.kill;

import dev.recsys.Scope;
import dev.recsys.proofs.SmallBuilds;
import dev.recsys.proofs.wire.Cloud;
import dev.recsys.publish.Build;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Where a run takes place: a store, and a folder with builds that were made before, and journals.
 *
 * @param root the folder
 * @param store the address of the store
 */
record Scene(Path root, URI store) {
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

    Path temporary() {
        return root.resolve("tmp");
    }

    Path journal(String process) {
        return root.resolve("journals").resolve(process);
    }

    Path builds() {
        return root.resolve("builds");
    }

    Path buildFolder(int number) {
        return builds().resolve(Integer.toString(number));
    }

    /** Opens the store as every process does; in a folder, as at S3, the version of a register is a digest of its bytes. */
    BlobStore open() {
        return "file".equals(store.getScheme())
                ? new ContentTokens(FileBlobStore.at(Path.of(store)))
                : Cloud.openAt(store);
    }

    Build build(int number) {
        return Build.at(buildFolder(number));
    }

    /** Makes everything but the store. */
    void create() throws IOException {
        Files.createDirectories(root.resolve("journals"));
        Files.createDirectories(temporary());
        surfaces().forEach(surface -> {
            for (int dice = 0; dice < BUILDS; dice++) {
                int number = anyBuild(surface, dice);
                Build unused = dice < WHOLE_BUILDS
                        ? SmallBuilds.both(buildFolder(number), surface(surface), number)
                        : SmallBuilds.coocOnly(buildFolder(number), surface(surface), number);
            }
        });
    }
}
