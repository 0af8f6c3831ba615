package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lives through the incidents of {@code docs/runbooks.md} and sees what it shows; numbers, digests and times may differ. */
class RunbooksTest {
    private static final String PROMPT = "$ ";
    private static final String SHIP = "./recsys ship --store store --tenant acme --surface home --artifacts ";
    private static final List<String> ITEMS = List.of("tea", "milk", "mug", "honey", "teapot", "kettle");

    private final Shell shell = new Shell();
    private final String user = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private List<String> lines = List.of();

    @BeforeEach
    void shipAGoodRelease() throws IOException {
        System.setProperty("user.name", "root");
        lines = Files.readAllLines(MarkdownDocument.root().resolve("docs/runbooks.md"));
        StringBuilder events = new StringBuilder("event_id,ts,type,user,session,item\n");
        Files.writeString(directory.resolve("empty.csv"), events);
        for (int visit = 0; visit < 200; visit++) {
            for (int of = 0; of < 2; of++) {
                String item = ITEMS.get((visit * (1 + of) + of) % ITEMS.size());
                events.append("e" + visit + "-" + of + ",2026-11-24T10:00:00Z,click,u" + visit + ",s" + visit + ","
                        + item + "\n");
            }
        }
        Files.writeString(directory.resolve("good.csv"), events);
        run("./recsys build --events good.csv --tenant acme --surface home --out build", 0);
        run("./recsys build --events empty.csv --tenant acme --surface home --out bad", 0);
        run(SHIP + "build --reason 'nightly build' --create", 0);
    }

    @AfterEach
    void restoreTheUser() {
        System.setProperty("user.name", user);
    }

    @Test
    void aBadReleaseLooksAndEndsAsTheRunbooksSay() throws IOException {
        assertShown("Stale release", "ship", ExitCode.REFUSED, "--artifacts build", "--artifacts bad");
        run(SHIP + "bad --reason 'in a hurry' --force", 0);
        assertShown("Empty recommendations", "recommend", 0);
        assertShown("Empty recommendations", "status", 0);
        assertShown("Bad release", "history", 0);
        assertShown("Bad release", "diff", 0);
        assertShown("Bad release", "rollback", 0);
        assertShown("Stale release", "status", 0);
        assertShown("Not ready", "verify", 0);
        assertShown("Not ready", "recommend", ExitCode.USAGE);
        assertShown("Bad release", "unhold", 0);
        assertShown("Store down", "scrub", 0);
        Files.move(directory.resolve("store"), directory.resolve("away"));
        assertShown("Store down", "status", ExitCode.STORE_UNAVAILABLE);
    }

    /** Runs the first such command of a section, perhaps with another word, and compares what it prints. */
    private void assertShown(String section, String command, int code, String... otherwise) {
        int start = lines.indexOf("## " + section);
        while (!lines.get(start).startsWith(PROMPT + "./recsys " + command + " ")) {
            start++;
        }
        int end = start + 1;
        while (!lines.get(end).startsWith(PROMPT) && !lines.get(end).startsWith("```")) {
            end++;
        }
        String line = lines.get(start).substring(PROMPT.length());
        run(otherwise.length == 0 ? line : line.replace(otherwise[0], otherwise[1]), code);
        assertThat(numberless(shell.text().replace(directory.toString(), "/data")))
                .as("%s: %s", section, line)
                .isEqualTo(numberless(String.join("\n", lines.subList(start + 1, end))));
    }

    private void run(String line, int code) {
        List<String> words = MarkdownDocument.words(line);
        List<String> arguments = new ArrayList<>(List.of(words.get(1))); // the command
        words.subList(2, words.size()).stream()
                .map(word -> word.matches("store|build|bad|.*\\.csv")
                        ? directory.resolve(word).toString()
                        : word)
                .forEach(arguments::add);
        int seen = shell.run(arguments.toArray(new String[0]));
        assertThat(seen).as("%s%n%s", line, shell.text()).isEqualTo(code);
    }

    private static String numberless(String text) {
        return text.replaceAll("\\b[0-9a-f]{64}\\b", "(digest)")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "(then)")
                .replaceAll("\\(\\d+ \\w+ ago\\)", "(ago)")
                .replaceAll("\\d+", "N")
                .replaceAll(" +", " ")
                .strip();
    }
}
