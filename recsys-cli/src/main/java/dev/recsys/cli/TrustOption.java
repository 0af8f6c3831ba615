package dev.recsys.cli;

import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose pointers a command takes. */
final class TrustOption {
    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "Take only what the keys in this file signed: Ed25519 public keys in PEM form; or the word"
                    + " 'anyone'. Repeatable.")
    private List<Path> files = List.of();

    boolean isSaid() {
        return !files.isEmpty();
    }

    /** Returns whom to trust; empty if that was not said. */
    Optional<TrustList> stated() throws IOException {
        return read(files);
    }

    /** Reads the values of such an option; empty if there are none. */
    static Optional<TrustList> read(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        boolean isAnyone = files.equals(List.of(Path.of("anyone")));
        return Optional.of(isAnyone ? TrustList.ANYONE : TrustList.read(files.toArray(new Path[0])));
    }
}
