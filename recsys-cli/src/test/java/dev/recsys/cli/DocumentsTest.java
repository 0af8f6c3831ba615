package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.recsys.Degradation;
import dev.recsys.Explanation;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.publish.Gate;
import dev.recsys.publish.Resolution;
import dev.recsys.serve.RecommenderHealth;
import dev.recsys.serve.SnapshotStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the documents against the code: what they show compiles, parses, leads somewhere, and is complete. */
class DocumentsTest {
    private static final Pattern OPTION = Pattern.compile("`(-{1,2}[a-zA-Z][a-z-]*)");

    @TempDir
    private Path directory;

    private static List<MarkdownDocument> documents() throws IOException {
        return MarkdownDocument.all();
    }

    private static MarkdownDocument document(String name) throws IOException {
        return MarkdownDocument.read(MarkdownDocument.root().resolve(name));
    }

    private static List<MarkdownDocument.Block> javaBlocks() throws IOException {
        return documents().stream()
                .filter(document -> document.name().matches("README\\.md|docs/[^/]+\\.md"))
                .flatMap(document -> document.blocks("java").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void aJavaBlockCompiles(MarkdownDocument.Block block) throws IOException {
        Snippet.compile(block, directory);
    }

    @Test
    void theJavaOfTheReadmeShipsAndRecommends() throws Exception {
        List<MarkdownDocument.Block> java = document("README.md").blocks("java");

        String shipped = Snippet.compile(java.get(1), directory).run();
        String recommended = Snippet.compile(java.get(0), directory).run();

        assertThat(shipped.lines()).containsExactly("shipped release 1");
        assertThat(recommended.lines())
                .containsExactly("tea because of [popularity]", "milk because of [popularity]", "release 1");
    }

    private static List<String> commandLines() throws IOException {
        List<String> commands = new ArrayList<>();
        for (MarkdownDocument document : documents()) {
            for (MarkdownDocument.Block block : document.blocks("console", "sh")) {
                String text = String.join("\n", block.lines()).replace("\\\n", " ");
                text.lines()
                        .map(line -> line.replaceFirst("^\\$ ", ""))
                        .filter(line -> line.startsWith("./recsys"))
                        .forEach(line -> commands.add(block.place() + " " + line));
            }
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void aCommandThatIsShownIsOneThatThereIs(String placeAndCommand) {
        List<String> words = MarkdownDocument.words(placeAndCommand);
        String[] arguments = words.subList(2, words.size()).toArray(new String[0]);

        assertThatCode(() -> commandLine().parseArgs(arguments))
                .as(placeAndCommand)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void whatACommandMakesIsNotOfTheRepository(String placeAndCommand) throws IOException {
        List<String> ignored = Files.readAllLines(MarkdownDocument.root().resolve(".gitignore"));
        List<String> words = MarkdownDocument.words(placeAndCommand);

        for (int i = 1; i < words.size(); i++) {
            boolean names = List.of("--dir", "--out", "--store", "--local").contains(words.get(i - 1));
            if (names && !words.get(i).contains(":")) {
                String folder = "/" + words.get(i).replaceFirst("/.*", "") + "/";
                assertThat(ignored).as(placeAndCommand).contains(folder);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(MarkdownDocument document) throws IOException {
        for (String link : document.links()) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            int hash = link.indexOf('#');
            String path = hash < 0 ? link : link.substring(0, hash);
            Path target = path.isEmpty() ? document.file() : document.file().resolveSibling(path);
            assertThat(target).as("the link %s in %s", link, document.name()).exists();
            if (hash >= 0) {
                assertThat(MarkdownDocument.read(target.normalize()).anchors())
                        .as("the link %s in %s", link, document.name())
                        .contains(link.substring(hash + 1));
            }
        }
    }

    private static Set<String> commands() {
        return leaves("", commandLine()).keySet();
    }

    /** Returns the commands that do something, each with its group's name before its own. */
    private static Map<String, CommandLine> leaves(String prefix, CommandLine group) {
        Map<String, CommandLine> leaves = new TreeMap<>();
        group.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                leaves.put(prefix + name, command);
            } else {
                leaves.putAll(leaves(prefix + name + " ", command));
            }
        });
        return leaves;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theReferenceNamesEveryOptionOfACommandAndNoOther(String command) throws IOException {
        CommandLine known = Objects.requireNonNull(leaves("", commandLine()).get(command));
        Set<String> options = known.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .filter(option -> !List.of("--help", "--version", "--json").contains(option))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> parameters = known.getCommandSpec().positionalParameters().stream()
                .map(ArgSpec::paramLabel)
                .collect(Collectors.toCollection(TreeSet::new));

        String section = section("docs/reference.md", "### " + command);

        assertThat(optionsIn(section))
                .as("the section '%s' of the reference", command)
                .isEqualTo(options);
        parameters.forEach(parameter -> assertThat(section).contains(parameter));
    }

    @Test
    void theReferenceNamesNoCommandThatThereIsNot() throws IOException {
        String commands = section("docs/reference.md", "## Commands");

        assertThat(commands.lines().filter(line -> line.startsWith("### ")).map(line -> line.substring(4)))
                .containsExactlyInAnyOrderElementsOf(commands());
    }

    @Test
    void theReferenceNamesEveryExitCode() throws Exception {
        List<String> codes = new ArrayList<>();
        for (var field : ExitCode.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                codes.add(String.valueOf(field.get(null)));
            }
        }

        String table = section("docs/reference.md", "## Exit codes");

        assertThat(firstColumn(table)).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void theReferenceNamesEveryWordOfTheVocabulary() throws IOException {
        assertVocabulary("## Degradations", Degradation.Kind.values());
        assertVocabulary("## Gates", Gate.values());
        assertVocabulary("## Stages", Explanation.Stage.values());
        assertVocabulary("## Statuses", SnapshotStatus.State.values());
        assertVocabulary("## Health", RecommenderHealth.State.values());
        assertVocabulary("## Outcomes of resume", Resolution.Outcome.values());
        assertVocabulary(
                "## Similarities",
                Arrays.stream(Similarity.values()).map(Similarity::publicName).toList());
    }

    private static void assertVocabulary(String heading, Enum<?>[] words) throws IOException {
        assertVocabulary(
                heading,
                Arrays.stream(words)
                        .map(word -> word.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static void assertVocabulary(String heading, List<String> words) throws IOException {
        assertThat(firstColumn(section("docs/reference.md", heading)))
                .as(heading)
                .containsExactlyInAnyOrderElementsOf(words);
    }

    /** Returns what stands below a heading, up to the next one of its level or above. */
    private static String section(String name, String heading) throws IOException {
        List<String> lines = Files.readAllLines(MarkdownDocument.root().resolve(name));
        int start = lines.indexOf(heading);
        assertThat(start).as("the heading '%s' of %s", heading, name).isNotNegative();
        int level = heading.indexOf(' ');
        int end = start + 1;
        while (end < lines.size() && !lines.get(end).matches("#{1," + level + "} .*")) {
            end++;
        }
        return String.join("\n", lines.subList(start + 1, end));
    }

    /** Returns the first cell of each row of the tables in a text, without its backticks. */
    private static List<String> firstColumn(String text) {
        return text.lines()
                .filter(line -> line.matches("\\| `.*"))
                .map(line -> line.replaceFirst("\\| `([^`]*)`.*", "$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Set<String> optionsIn(String text) {
        Set<String> options = new TreeSet<>();
        text.lines().filter(line -> line.startsWith("| ")).forEach(line -> {
            Matcher option = OPTION.matcher(line.replaceFirst("^\\|([^|]*)\\|.*", "$1"));
            while (option.find()) {
                options.add(option.group(1));
            }
        });
        return options;
    }

    private static CommandLine commandLine() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new CommandLine(new Main(new Terminal(nowhere, nowhere, false)));
    }
}
