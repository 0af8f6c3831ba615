package dev.recsys.cli;

import dev.recsys.publish.ManifestPublisher;
import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which store a command talks to. */
final class StoreOption {
    private static final String EXPECTED = "expected a folder, as file:///path or as a path";

    @Option(names = "--store", required = true, paramLabel = "URI", description = "The store: file:///path, or a path.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String store;

    /** Opens a store that exists. */
    BlobStore open() {
        return FileBlobStore.at(folder());
    }

    /** Opens a store, which is made if the folder is missing or empty. */
    BlobStore create() {
        return FileBlobStore.create(folder());
    }

    /** Runs a piece of work that only reads, with a publisher over a store that exists. */
    <T> T read(Function<ManifestPublisher, T> work) {
        try (BlobStore opened = open()) {
            return work.apply(ManifestPublisher.open(opened, "reader"));
        }
    }

    private Path folder() {
        try {
            return store.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") ? folder(new URI(store)) : Path.of(store);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "--store " + store + " is not a URI (" + e.getReason()
                            + "); write a blank as %20, or give a plain path",
                    e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--store " + store + " is not a path; " + EXPECTED, e);
        }
    }

    private Path folder(URI uri) {
        if (!"file".equals(uri.getScheme()) || uri.getAuthority() != null || uri.getPath() == null) {
            throw new IllegalArgumentException("--store " + store + " is not known here; " + EXPECTED);
        }
        return Path.of(uri);
    }
}
