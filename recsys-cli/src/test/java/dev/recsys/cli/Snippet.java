package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A block of Java as the body of a method, its imports lifted. */
final class Snippet {
    private final Path classes;

    private Snippet(Path classes) {
        this.classes = classes;
    }

    /** Compiles a block without warnings; relative paths in it are led into the directory. */
    static Snippet compile(MarkdownDocument.Block block, Path directory) throws IOException {
        Path source = Files.writeString(
                directory.resolve("Snippet.java"),
                lines(block, true) + "\npublic final class Snippet {\npublic static void run() throws Exception {\n"
                        + lines(block, false).replace("Path.of(\"", "Path.of(\"" + escaped(directory) + "/")
                        + "\n}\n}\n");
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-Xlint:deprecation,removal,rawtypes,unchecked",
                "-Werror",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s%n%s", block.place(), messages).isTrue();
        }
        return new Snippet(classes);
    }

    /** Runs it, and returns what it printed. */
    String run() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass("Snippet").getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String lines(MarkdownDocument.Block block, boolean imports) {
        return block.lines().stream()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
