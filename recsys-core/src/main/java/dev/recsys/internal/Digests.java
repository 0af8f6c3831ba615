package dev.recsys.internal;

import dev.recsys.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Digests of files. */
public final class Digests {
    private static final int BUFFER_BYTES = 1 << 16;

    private Digests() {}

    /** Returns the SHA-256 of a file. */
    public static Sha256 of(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.of(digest);
    }
}
