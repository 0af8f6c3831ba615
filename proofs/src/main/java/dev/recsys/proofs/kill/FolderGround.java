package dev.recsys.proofs.kill;

import dev.recsys.store.BlobKey;
import dev.recsys.store.fs.FileBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A store in a folder. The folder of a register holds every value that it ever had, in order. */
final class FolderGround implements Ground {
    private final Path store;

    private FolderGround(Path store) {
        this.store = store;
    }

    static FolderGround createAt(Path store) {
        FileBlobStore.create(store).close();
        return new FolderGround(store);
    }

    @Override
    public URI address() {
        return store.toUri();
    }

    @Override
    public Optional<byte[]> value(BlobKey register, long number) {
        return read(store.resolve(register.path()).resolve(String.format(Locale.ROOT, "%020d", number)));
    }

    @Override
    public Optional<byte[]> content(BlobKey key) {
        return read(store.resolve(key.path()));
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " of the store cannot be read", e);
        }
    }

    @Override
    public String leftovers() {
        try (Stream<Path> files = Files.walk(store)) {
            long left = files.filter(file -> file.getFileName().toString().startsWith(".tmp-"))
                    .filter(Files::isRegularFile)
                    .count();
            return left + " temporary files left by killed writers";
        } catch (IOException e) {
            throw new UncheckedIOException("the store's folder cannot be walked", e);
        }
    }

    @Override
    public void close() {} // a folder needs no end
}
