package dev.recsys.proofs.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.proofs.MutantCompiler;
import dev.recsys.proofs.MutantLoader;
import dev.recsys.proofs.Mutants;
import dev.recsys.proofs.wire.Cloud;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A share of {@code prove matrix}: every fault at the swap, and of the other cells one in so many, chosen by the seed; all of
 * them with {@code -Drecsys.matrix.share=1}.
 */
final class MatrixTest {
    private static final int SHARE = Integer.getInteger("recsys.matrix.share", 12);
    private static final long SEED = Long.getLong("recsys.seed", new SecureRandom().nextInt(1_000_000));

    @TempDir
    private Path folder;

    private static boolean isChosen(Cell cell) {
        return cell.target() == Target.SWAP || new Random(SEED * 10_007 + cell.number()).nextInt(SHARE) == 0;
    }

    @Test
    void whateverTheWireDoesNothingIsLostDoubleDanglingOrWronglyReported() throws IOException, InterruptedException {
        MatrixOptions options =
                new MatrixOptions(List.of(Cloud.Kind.S3, Cloud.Kind.GCS), SEED, 6, false, MatrixTest::isChosen);

        MatrixReport report = MatrixRun.run(options, folder, line -> {});

        System.out.println(report);
        assertThat(report.findings()).as(report.toString()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.results()).hasSizeGreaterThan(84);
        assertThat(report.results())
                .filteredOn(result -> result.cell().strike().isEmpty())
                .extracting(CellResult::mark)
                .as("without a fault everything is done at once")
                .containsOnly(Mark.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout-is-no-failure", "mismatch-is-no-proof"})
    void aPublisherThatIsBrokenOnPurposeIsFound(String rule) throws Exception {
        Path classes = folder.resolve("classes");
        MutantCompiler.compile(Mutants.without(rule), classes);

        try (URLClassLoader loader = MutantLoader.over(classes)) {
            Class<?> search = loader.loadClass(SwapSearch.class.getName());
            @SuppressWarnings("unchecked") // of another loader; the interface is the JDK's
            Supplier<List<String>> findings =
                    (Supplier<List<String>>) search.getConstructor().newInstance();

            assertThat(findings.get()).as("without " + rule).isNotEmpty();
        }
    }
}
