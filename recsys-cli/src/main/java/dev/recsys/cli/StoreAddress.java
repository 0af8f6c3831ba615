package dev.recsys.cli;

import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import dev.recsys.store.gcs.GcsBlobStore;
import dev.recsys.store.s3.S3BlobStore;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where a store is, as it was given.
 *
 * @param option which option gave it, for messages
 * @param text a path, or a URI
 */
record StoreAddress(String option, String text) {
    private static final Set<String> BUCKETS = Set.of("s3", "gs");
    private static final String EXPECTED =
            "expected a folder, as file:///path or as a path; or a bucket, as s3://bucket/prefix or gs://bucket/prefix";

    /** Opens a store that exists. */
    BlobStore open() {
        return isUri() ? open(uri()) : FileBlobStore.at(folder());
    }

    /** Opens a store; a folder that is missing or empty is made into one, a bucket must be there. */
    BlobStore create() {
        boolean isBucket = isUri() && BUCKETS.contains(String.valueOf(uri().getScheme()));
        return isBucket ? open(uri()) : FileBlobStore.create(folder());
    }

    private BlobStore open(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        return switch (scheme) {
            case "s3" -> S3BlobStore.at(uri);
            case "gs" -> GcsBlobStore.at(uri);
            default -> FileBlobStore.at(folder());
        };
    }

    /**
     * Makes sure that a folder for something else is not in the store.
     *
     * @throws IllegalArgumentException if it is the store's folder, or lies in it
     */
    void requireOutside(String other, Path path) throws IOException {
        if (isUri() && BUCKETS.contains(String.valueOf(uri().getScheme()))) {
            return;
        }
        if (real(path).startsWith(real(folder()))) {
            throw new IllegalArgumentException(other + " " + path + " lies in the folder of the store, " + option + " "
                    + text + ", where nothing but releases may be; name a folder outside of it");
        }
    }

    /** Returns the path without links, as far as there is something. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path parent = absolute.getParent();
        return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
    }

    /** A single letter before a colon is a drive. */
    private boolean isUri() {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
    }

    private URI uri() {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    option + " " + text + " is not a URI (" + e.getReason()
                            + "); write a blank as %20, or give a plain path",
                    e);
        }
    }

    private Path folder() {
        try {
            return isUri() ? folder(uri()) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(option + " " + text + " is not a path; " + EXPECTED, e);
        }
    }

    private Path folder(URI uri) {
        if (!"file".equals(uri.getScheme()) || uri.getAuthority() != null || uri.getPath() == null) {
            throw new IllegalArgumentException(option + " " + text + " is not known here; " + EXPECTED);
        }
        return Path.of(uri);
    }
}
