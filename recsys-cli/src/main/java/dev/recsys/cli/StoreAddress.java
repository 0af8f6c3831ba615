package dev.recsys.cli;

import dev.recsys.store.BlobStore;
import dev.recsys.store.fs.FileBlobStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a store is, as it was given.
 *
 * @param option which option gave it, for messages
 * @param text a path, or a URI
 */
record StoreAddress(String option, String text) {
    private static final String EXPECTED = "expected a folder, as file:///path or as a path";

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
            return text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") ? folder(new URI(text)) : Path.of(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    option + " " + text + " is not a URI (" + e.getReason()
                            + "); write a blank as %20, or give a plain path",
                    e);
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
