package dev.recsys.proofs.matrix;

import dev.recsys.proofs.Folders;
import dev.recsys.proofs.wire.Cloud;
import dev.recsys.testserver.WireFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Looks for what is wrong in a few cells about the swap; made by a class loader that may have a mutant in front. */
public final class SwapSearch implements Supplier<List<String>> {
    private static final Set<WireFault> FAULTS = Set.of(WireFault.DROP, WireFault.PROXY_RETRY);

    /** Creates one. */
    public SwapSearch() {}

    /** Returns a line for each thing that should not be. */
    @Override
    public List<String> get() {
        MatrixOptions options = new MatrixOptions(
                List.of(Cloud.Kind.S3),
                1,
                2,
                false,
                cell -> cell.target() == Target.SWAP
                        && cell.strike()
                                .filter(strike -> FAULTS.contains(strike.fault()))
                                .isPresent());
        try {
            Path folder = Files.createTempDirectory("recsys-matrix");
            List<String> findings = MatrixRun.run(options, folder, line -> {}).findings();
            Folders.delete(folder);
            return findings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        }
    }
}
