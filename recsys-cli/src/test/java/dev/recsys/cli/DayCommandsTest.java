package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Day, build from days, and backfill, as a nightly job and its operator use them. */
class DayCommandsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 2, 26);
    private static final int DAYS = 4;

    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    private Path raw;

    @BeforeEach
    void writeEvents() throws IOException {
        raw = directory.resolve("raw.csv");
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("ts,user,item,event_id"));
        for (int i = 0; i < DAYS * 50; i++) {
            lines.add(String.format(
                    "%sT%02d:00:00Z,u%d,i%d,%s",
                    FIRST.plusDays(i % DAYS),
                    random.nextInt(24),
                    random.nextInt(9),
                    random.nextInt(12),
                    "e" + random.nextInt(150)));
        }
        Files.write(raw, lines);
    }

    private int on(String command, String... options) {
        List<String> args = new ArrayList<>(List.of(command, "--tenant", "acme", "--surface", "home"));
        args.addAll(List.of(options));
        return shell.run(args.toArray(String[]::new));
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private int backfill(LocalDate from, LocalDate to, String... more) {
        List<String> options = new ArrayList<>(
                List.of("--events", raw.toString(), "--days", at("days"), "--window", "3d", "--out", at("out")));
        options.addAll(List.of("--from", from.toString(), "--to", to.toString()));
        options.addAll(List.of(more));
        return on("backfill", options.toArray(String[]::new));
    }

    @Test
    void aBuildFromDaysHasTheFilesOfOneFromTheRawEvents() throws IOException {
        assertThat(on("day", "--events", raw.toString(), "--days", at("days"))).isZero();
        assertThat(shell.text()).contains("DAY", "2026-02-26", "added");
        assertThat(on("build", "--days", at("days"), "--window", "2d", "--out", at("packed")))
                .as(shell.text())
                .isZero();
        assertThat(on(
                        "build",
                        "--events",
                        raw.toString(),
                        "--from",
                        "2026-02-28T00:00:00Z",
                        "--to",
                        "2026-03-02T00:00:00Z",
                        "--out",
                        at("whole")))
                .isZero();

        for (String file : List.of("popularity.rst", "cooc.rst")) {
            assertThat(directory.resolve("packed").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("whole").resolve(file));
        }
    }

    @Test
    void aDayIsNotReplacedByFewerEventsUnlessTold() throws IOException {
        on("day", "--events", raw.toString(), "--days", at("days"));
        Path few = Files.write(directory.resolve("few.csv"), List.of("ts,user,item", "2026-02-27T00:00:00Z,u,i"));
        String[] again = {"--events", few.toString(), "--days", at("days"), "--json"};

        assertThat(on("day", again)).isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("--replace");
        assertThat(on("day", "--events", few.toString(), "--days", at("days"), "--replace", "--json"))
                .isZero();
        assertThat(shell.json().at("/days/0/change").asText()).isEqualTo("replaced");
        assertThat(shell.json().at("/days/0/events").asInt()).isEqualTo(1);
    }

    @Test
    void aBackfillShipsEveryDayGoesOnAndNeverGoesBackUnlessTold() throws IOException {
        assertThat(backfill(FIRST, FIRST.plusDays(1), "--store", at("store"), "--create"))
                .as(shell.text())
                .isZero();
        assertThat(shell.text())
                .contains("2026-02-27 of 2026-02-27")
                .contains("RELEASE")
                .contains("The checkpoint is at 2026-02-27.");

        String store = at("store");
        assertThat(backfill(FIRST, FIRST.plusDays(3), "--store", store)).isZero();
        assertThat(backfill(FIRST, FIRST.plusDays(3), "--store", store)).isZero();
        assertThat(shell.text()).contains("Nothing to do: all days up to 2026-03-01 are done.");
        assertThat(backfill(FIRST, FIRST, "--store", store)).isEqualTo(ExitCode.USAGE);
        assertThat(backfill(FIRST, FIRST, "--store", store, "--again")).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.text()).contains("[older_window]");
        assertThat(backfill(FIRST, FIRST, "--store", store, "--again", "--allow-older"))
                .as(shell.text())
                .isZero();
        assertThat(on("history", "--store", store, "--json")).isZero();
        assertThat(shell.text()).contains("backfill of 2026-02-26 (overridden: older_window)");
    }

    @Test
    void anOlderBuildIsShippedWithoutForceWhenThatIsAllowed() throws IOException {
        String store = at("store");
        backfill(FIRST, FIRST.plusDays(3), "--store", store, "--create");
        on("build", "--days", at("days"), "--window", "3d", "--until", "2026-02-28", "--out", at("older"));
        String[] ship = {"--store", store, "--artifacts", at("older"), "--reason", "the new days are wrong"};

        assertThat(on("ship", ship)).isEqualTo(ExitCode.REFUSED);
        List<String> allowed = new ArrayList<>(List.of(ship));
        allowed.add("--allow-older");
        assertThat(on("ship", allowed.toArray(String[]::new))).isZero();
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        String events = raw.toString();
        on("day", "--events", events, "--days", at("days"));
        String[][] wrong = {
            {"build", "--days", at("days"), "--out", at("o")},
            {"build", "--days", at("days"), "--window", "36h", "--out", at("o")},
            {"build", "--days", at("days"), "--window", "2d", "--events", events, "--out", at("o")},
            {"build", "--events", events, "--window", "2d", "--out", at("o")},
            {"build", "--days", at("none"), "--window", "2d", "--out", at("o")},
            {"day", "--events", events, "--days", at("days"), "--from", "2026-02-26"},
            {"day", "--events", events, "--days", at("days"), "--from", "2026-02-30", "--to", "2026-02-30"},
        };

        for (String[] args : wrong) {
            assertThat(on(args[0], Arrays.copyOfRange(args, 1, args.length)))
                    .as(String.join(" ", args) + "\n" + shell.text())
                    .isEqualTo(ExitCode.USAGE);
        }
        assertThat(backfill(FIRST, FIRST, "--allow-older")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("--store is missing");
    }
}
