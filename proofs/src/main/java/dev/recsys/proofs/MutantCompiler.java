package dev.recsys.proofs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the sources that a mutant changes, to classes that go in front of the class path. */
public final class MutantCompiler {
    private static final Path SOURCES = Path.of("recsys-core", "src", "main", "java", "dev", "recsys");

    private MutantCompiler() {}

    /**
     * Compiles a mutant of the checkout that the working directory is in.
     *
     * @return a new temporary folder with the classes; it goes in front of the class path
     * @throws IllegalStateException if a snippet is not there exactly once, or it does not compile
     */
    public static Path classes(Mutant mutant) {
        try {
            Path into = Files.createTempDirectory("recsys-without-" + mutant.rule() + "-");
            compile(mutant, into);
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles a mutant into a folder. */
    public static void compile(Mutant mutant, Path into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("mutants are compiled: run on a JDK, not on a JRE");
        }
        Path sources = Files.createDirectories(into.resolve("sources"));
        for (Map.Entry<Path, String> entry : mutated(mutant).entrySet()) {
            Path file = sources.resolve(entry.getKey());
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, entry.getValue());
        }
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                into.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-nowarn",
                "-parameters");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> changed =
                    mutated(mutant).keySet().stream().map(sources::resolve).toList();
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(changed))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the mutant " + mutant.rule() + " does not compile: " + messages);
            }
        }
    }

    private static Map<Path, String> mutated(Mutant mutant) throws IOException {
        Path sources = checkout().resolve(SOURCES);
        Map<Path, String> mutated = new LinkedHashMap<>();
        for (Mutant.Edit edit : mutant.edits()) {
            Path file = Path.of(edit.file());
            String before = mutated.containsKey(file) ? mutated.get(file) : Files.readString(sources.resolve(file));
            int at = before.indexOf(edit.snippet());
            if (at < 0 || before.indexOf(edit.snippet(), at + 1) >= 0) {
                throw new IllegalStateException("the mutant " + mutant.rule() + " changes what stands exactly once in "
                        + file + ", and it stands there " + (at < 0 ? "not at all" : "more than once") + ": "
                        + edit.snippet() + "\nWas it refactored? Then take the mutant along.");
            }
            mutated.put(file, before.replace(edit.snippet(), edit.replacement()));
        }
        return mutated;
    }

    private static Path checkout() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(SOURCES))) {
                return folder;
            }
        }
        throw new IllegalStateException("mutants are made from the sources: " + start + " is in no checkout of recsys");
    }
}
