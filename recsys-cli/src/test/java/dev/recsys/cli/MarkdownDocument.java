package dev.recsys.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of this repository: its blocks of code, its headings and its links. */
final class MarkdownDocument {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final String FENCE = "```";

    private final Path file;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> headings = new ArrayList<>();
    private final List<String> links = new ArrayList<>();

    private MarkdownDocument(Path file, List<String> lines) {
        this.file = file;
        int start = -1; // of the block we are in
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(FENCE) && start >= 0) {
                String language = lines.get(start).substring(FENCE.length()).strip();
                blocks.add(new Block(name() + ":" + (start + 2), language, List.copyOf(lines.subList(start + 1, i))));
                start = -1;
            } else if (line.startsWith(FENCE)) {
                start = i;
            } else if (start < 0) {
                readText(line);
            }
        }
        if (start >= 0) {
            throw new IllegalArgumentException(name() + ":" + (start + 1) + " begins a block that never ends");
        }
    }

    /**
     * A block of code.
     *
     * @param place its file and first line
     * @param language what stands behind its fence
     */
    record Block(String place, String language, List<String> lines) {
        @Override
        public String toString() {
            return place;
        }
    }

    static MarkdownDocument read(Path file) throws IOException {
        return new MarkdownDocument(file, Files.readAllLines(file));
    }

    /** Returns the repository's own documents: those at the root, and those in {@code docs} and {@code ops} and below. */
    static List<MarkdownDocument> all() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> atRoot = Files.list(root());
                Stream<Path> docs = Files.walk(root().resolve("docs"));
                Stream<Path> ops = Files.walk(root().resolve("ops"))) {
            Stream.of(atRoot, docs, ops)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .forEach(files::add);
        }
        List<MarkdownDocument> documents = new ArrayList<>();
        for (Path path : files) {
            documents.add(read(path));
        }
        return documents;
    }

    static Path root() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return module.resolveSibling("").normalize();
    }

    /** Returns the path from the root, with slashes. */
    String name() {
        return root().relativize(file).toString().replace('\\', '/');
    }

    Path file() {
        return file;
    }

    List<Block> blocks(String... languages) {
        return blocks.stream()
                .filter(block -> List.of(languages).contains(block.language()))
                .toList();
    }

    List<String> links() {
        return links;
    }

    /** Returns the names under which headings can be linked to, as GitHub makes them. */
    List<String> anchors() {
        return headings.stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Splits as a shell does, up to a pipe or redirection. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find() && !word.group().matches("[|>&]+|2>")) {
            words.add(Stream.of(1, 2, 3)
                    .map(word::group)
                    .filter(group -> group != null)
                    .findFirst()
                    .orElseThrow());
        }
        return words;
    }

    private void readText(String line) {
        if (line.matches("#{1,6} .*")) {
            headings.add(line.replaceFirst("#+ ", "").strip());
        }
        Matcher link = LINK.matcher(line);
        while (link.find()) {
            links.add(link.group(1));
        }
    }
}
