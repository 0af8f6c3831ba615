package dev.recsys.proofs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.proofs.Mutant;
import dev.recsys.proofs.MutantCompiler;
import dev.recsys.proofs.MutantLoader;
import dev.recsys.proofs.Mutants;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule left out is found; a simulation that finds nothing would prove nothing. */
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {
    private static final long MOST_SEEDS = 5_000;

    @TempDir
    private Path directory;

    static List<String> rules() {
        return Mutants.all().stream().map(Mutant::rule).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theProtocolWithoutARuleBreaks(String rule) throws Exception {
        MutantCompiler.compile(Mutants.without(rule), directory);
        try (URLClassLoader loader = MutantLoader.over(directory)) {
            Class<?> search = loader.loadClass(SeedSearch.class.getName());
            @SuppressWarnings("unchecked") // of another loader; the interface is the JDK's
            LongFunction<List<String>> findings =
                    (LongFunction<List<String>>) search.getConstructor().newInstance();
            try (AutoCloseable closing = (AutoCloseable) findings) {
                assertThat(closing).isNotNull();
                requireFound(rule, findings);
            }
        }
    }

    private static void requireFound(String rule, LongFunction<List<String>> findings) {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            List<String> found = findings.apply(seed);
            if (!found.isEmpty()) {
                System.out.println("without " + rule + ": seed " + seed + ", " + found.get(0));
                try (SeedSearch sound = new SeedSearch()) {
                    assertThat(sound.apply(seed))
                            .as("with the rule, seed " + seed)
                            .isEmpty();
                }
                return;
            }
        }
        throw new AssertionError("without " + rule + " nothing went wrong in " + MOST_SEEDS + " schedules");
    }

    @Test
    void aSnippetThatIsNotThereIsAnError() {
        Mutant stale = new Mutant(
                "stale", "nothing", List.of(new Mutant.Edit("publish/Committer.java", "not in there", "anything")));

        assertThatThrownBy(() -> MutantCompiler.compile(stale, directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not at all")
                .hasMessageContaining("take the mutant along");
    }
}
