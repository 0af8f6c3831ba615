package dev.recsys.proofs.matrix;

import dev.recsys.proofs.Arguments;
import dev.recsys.proofs.Folders;
import dev.recsys.proofs.Mutant;
import dev.recsys.proofs.MutantCompiler;
import dev.recsys.proofs.MutantLoader;
import dev.recsys.proofs.Mutants;
import dev.recsys.proofs.wire.Cloud;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code prove matrix [--store s3|gcs|both] [--seed S] [--workers W] [--lasting yes|no] [--without RULE]}. */
public final class Matrix {
    private static final int WORKERS = 6; // most of the time a cell waits
    private static final int MOST_FINDINGS = 100;

    private Matrix() {}

    /** Exits with 0 if every cell is sound and 1 if one is not. */
    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args)));
    }

    /** Returns the exit code. */
    public static int run(List<String> args) throws Exception {
        Arguments arguments =
                Arguments.parse(args.toArray(new String[0]), "store", "seed", "workers", "lasting", "without");
        String without = arguments.text("without", "");
        if (!without.isEmpty()) {
            return runWithout(Mutants.without(without), args);
        }
        MatrixOptions options = new MatrixOptions(
                Cloud.Kind.parse(arguments.text("store", "both")),
                arguments.seed(),
                arguments.number("workers", WORKERS),
                arguments.text("lasting", "yes").equals("yes"),
                cell -> true);
        Path folder = Files.createTempDirectory("recsys-matrix");
        MatrixReport report = MatrixRun.run(options, folder, line -> System.err.println("matrix: " + line));
        System.out.println(report);
        report.findings().stream().limit(MOST_FINDINGS).forEach(System.out::println);
        Folders.delete(folder);
        return report.isSound() ? 0 : 1;
    }

    /** The same command with a mutant's classes in front. */
    private static int runWithout(Mutant mutant, List<String> args) throws Exception {
        System.out.println("without " + mutant.rule() + ": " + mutant.without());
        List<String> rest = new ArrayList<>(args);
        int at = rest.indexOf("--without");
        rest.subList(at, at + 2).clear();
        try (URLClassLoader loader = MutantLoader.over(MutantCompiler.classes(mutant))) {
            Class<?> same = loader.loadClass(Matrix.class.getName());
            return (int) same.getMethod("run", List.class).invoke(null, rest);
        }
    }
}
