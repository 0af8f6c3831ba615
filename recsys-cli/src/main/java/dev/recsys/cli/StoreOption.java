package dev.recsys.cli;

import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

    private Path folder() {
        try {
            if (!store.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                return Path.of(store);
            }
            URI uri = URI.create(store);
            if (!"file".equals(uri.getScheme())
                    || uri.getPath() == null
                    || uri.getPath().isEmpty()) {
                throw new IllegalArgumentException("--store " + store + " is not known here; " + EXPECTED);
            }
            return Path.of(uri.getPath());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--store " + store + " is not a path; " + EXPECTED, e);
        }
    }
}
