package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what {@code docs/tutorial.md} says, and sees what it shows; times and how long things took may differ. */
class TutorialTest {
    private static final String PROMPT = "$ ";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream screen = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final String user = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private MarkdownDocument tutorial;

    @BeforeEach
    void pasteTheEvents() throws IOException {
        System.setProperty("user.name", "ann");
        tutorial = MarkdownDocument.read(MarkdownDocument.root().resolve("docs/tutorial.md"));
        Files.createDirectory(directory.resolve("shop"));
        for (MarkdownDocument.Block block : tutorial.blocks("sh")) {
            paste(block.lines());
        }
    }

    @AfterEach
    void restoreTheUser() {
        System.setProperty("user.name", user);
    }

    /** Writes the files of {@code cat > FILE <<'END'}. */
    private void paste(List<String> lines) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("cat > ")) {
                String file = lines.get(i).replaceFirst("cat > (\\S+) .*", "$1");
                int end = i + lines.subList(i, lines.size()).indexOf("END");
                Files.write(directory.resolve(file), lines.subList(i + 1, end));
            }
        }
    }

    @Test
    void everyCommandPrintsWhatTheTutorialShows() {
        int code = 0;
        for (MarkdownDocument.Block block : tutorial.blocks("console")) {
            List<String> lines = block.lines();
            for (int start = 0, end; start < lines.size(); start = end) {
                end = start + 1;
                while (end < lines.size() && !lines.get(end).startsWith(PROMPT)) {
                    end++;
                }
                String command = lines.get(start).substring(PROMPT.length());
                String shown = String.join("\n", lines.subList(start + 1, end));
                if (command.equals("echo $?")) {
                    assertThat(code).as(block.place()).isEqualTo(Integer.parseInt(shown));
                } else {
                    printed.reset();
                    code = Main.run(new Terminal(screen, screen, false), arguments(command));
                    assertThat(timeless(printed.toString(StandardCharsets.UTF_8)))
                            .as("%s %s", block.place(), command)
                            .isEqualTo(timeless(shown));
                }
            }
        }
    }

    @Test
    void theJavaPrintsWhatTheTutorialShows() throws Exception {
        MarkdownDocument.Block java = tutorial.blocks("java").get(0);
        List<String> shown = tutorial.blocks("text").get(0).lines();

        String seen = Snippet.compile(java, directory).run();

        assertThat(seen.lines()).containsExactlyElementsOf(shown);
    }

    private String[] arguments(String command) {
        return MarkdownDocument.words(command).stream()
                .skip(1)
                .map(word -> word.startsWith("shop/") ? directory.resolve(word).toString() : word)
                .toArray(String[]::new);
    }

    private String timeless(String text) {
        return text.replace(directory + File.separator, "")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z", "(then)")
                .replaceAll("\\(\\d+ \\w+ ago\\)", "(ago)")
                .replaceAll("Took .* s to read and .* s to compute", "Took a while")
                .replaceAll(" +", " ")
                .strip();
    }
}
