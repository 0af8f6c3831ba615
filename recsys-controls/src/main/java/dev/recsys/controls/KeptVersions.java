package dev.recsys.controls;

import dev.recsys.DamagedException;
import dev.recsys.control.Versioned;
import dev.recsys.store.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The versions of one kind, each in a file that is called by the digest of its bytes. Whoever writes one that another
 * process writes too writes the same bytes; a file appears as a whole or not at all.
 */
final class KeptVersions<T> {
    private static final String VERSION = "sha256-[0-9a-f]{64}";

    private final Path folder;
    private final FileKind<T> kind;
    private final Supplier<String> newNames;

    KeptVersions(Path folder, FileKind<T> kind, Supplier<String> newNames) {
        this.folder = folder;
        this.kind = kind;
        this.newNames = newNames;
    }

    /** Keeps a version, unless it is kept already. */
    void keep(Versioned<T> value) throws IOException {
        Path target = folder.resolve(kind.fileName(value.version()));
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + newNames.get() + ".tmp");
        try {
            write(value.value(), temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void write(T value, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            kind.writer().write(value, out);
            out.flush();
            channel.force(true); // before the name is there, so that a loss of power leaves no file that is cut short
        }
    }

    /**
     * Returns the value of a version, if it is kept.
     *
     * @throws DamagedException if its file has other bytes than were written
     * @throws UncheckedIOException if the file is there and cannot be read
     */
    Optional<T> find(String version) {
        if (!version.matches(VERSION)) {
            return Optional.empty();
        }
        Path file = folder.resolve(kind.fileName(version));
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(in, Sha256.newDigest())) {
            T value = kind.reader().read(digested);
            if (!CanonicalJson.version(Sha256.of(digested.getMessageDigest())).equals(version)) {
                throw damaged(file);
            }
            return Optional.of(value);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InvalidDocumentException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file + "; try again", e);
        }
    }

    private static DamagedException damaged(Path file) {
        return new DamagedException("the kept version " + file
                + " has not the digest that its name says; delete it, or put the file back from a copy");
    }
}
