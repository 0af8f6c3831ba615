package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real logs are of the Open Bandit Dataset (Saito et al. 2021), which is no part of the project: looked for in the folder of
 * the property {@code recsys.data}, else in {@code shared/data} beside the checkout.
 */
class EstimateCommandTest {
    private static final String HEADER = "item_id,position,click,propensity_score\n";

    @TempDir
    private Path folder;

    private final Shell shell = new Shell();

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("log.csv"), text);
    }

    /** Two items, shown 3 to 1; the rare one is clicked four times as often. */
    private Path synthetic(int rows) throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(HEADER);
        for (int row = 0; row < rows; row++) {
            boolean rare = random.nextDouble() < 0.25;
            boolean click = random.nextDouble() < (rare ? 0.4 : 0.1);
            text.append(rare ? "b,1," : "a,1,").append(click ? 1 : 0).append(rare ? ",0.25\n" : ",0.75\n");
        }
        return file(text.toString());
    }

    @Test
    void aBetterPolicyIsCalledHigher() throws IOException {
        assertThat(shell.run("estimate", "--log", synthetic(4_000).toString(), "--json"))
                .isEqualTo(ExitCode.DONE);

        JsonNode json = shell.json();
        assertThat(json.path("rows").asInt()).isEqualTo(4_000);
        assertThat(json.path("verdict").asText()).isEqualTo("higher");
        assertThat(json.path("logged").path("value").asDouble()).isCloseTo(0.175, within(0.02));
        assertThat(json.path("estimates").findValuesAsText("estimator")).containsExactly("ips", "snips", "dr");
        for (JsonNode estimate : json.path("estimates")) {
            assertThat(estimate.path("value").asDouble()).isCloseTo(0.25, within(0.03));
        }
    }

    @Test
    void fewRowsGetFiguresButNoVerdict() throws IOException {
        Path log = synthetic(300);

        assertThat(shell.run("estimate", "--log", log.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.text())
                .contains(
                        "SNIPS", "Verdict: refused", "[rows] the log has 300 rows, expected at least 1000", "log more");
        assertThat(shell.run("estimate", "--log", log.toString(), "--min-rows", "100", "--min-ess", "100"))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void columnsAreMappedAndClippingIsSaid() throws IOException {
        Path log = Files.writeString(
                folder.resolve("log.csv"),
                Files.readString(synthetic(2_000)).replace(HEADER, "sku,place,bought,chance\n"));

        String columns = "item=sku,position=place,reward=bought,propensity=chance";
        assertThat(shell.run("estimate", "--log", log.toString(), "--columns", columns, "--clip", "1.5"))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.text()).contains("IPS clipped", "clipped at 1.5", "largest 2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "'a,1,0,0',              propensity_score is '0'; expected above 0 and at most 1",
        "'a,1,0,1.25',           propensity_score is '1.25'; expected above 0 and at most 1",
        "'a,1,NaN,0.5',          click is 'NaN'; expected a finite number",
        "'a,1,yes,0.5',          click is 'yes'; expected a finite number",
        "'a,first,1,0.5',        position is 'first'; expected a whole number from 0",
        "',1,1,0.5',             item_id is ''; expected a value",
        "'a,1,1',                propensity_score is ''; expected a value",
    })
    void aBadLineIsRefusedWithItsNumberAndColumn(String line, String complaint) throws IOException {
        Path log = file(HEADER + "a,1,1,0.5\n" + line + "\n");

        assertThat(shell.run("estimate", "--log", log.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(shell.text()).contains(log + " line 3: column " + complaint);
    }

    @Test
    void aLogWithoutRowsOrColumnsIsRefused() throws IOException {
        assertThat(shell.run("estimate", "--log", file("").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("is empty; expected a header");
        assertThat(shell.run("estimate", "--log", file(HEADER).toString())).isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("--log has no rows");
        assertThat(shell.run("estimate", "--log", file("item_id,click\n").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.text())
                .contains(
                        "no column 'position' for position, 'propensity_score' for propensity; it has item_id, click");
        assertThat(shell.run("estimate", "--log", file(HEADER).toString(), "--columns", "price=x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.text()).contains("'price=x'; expected FIELD=COLUMN with a field of item, position, reward");
    }

    @Test
    void theSameLogPrintsTheSame() throws IOException {
        String log = synthetic(2_000).toString();
        shell.run("estimate", "--log", log, "--json");
        String first = shell.text();

        shell.run("estimate", "--log", log, "--json");

        assertThat(shell.text()).isEqualTo(first);
    }

    @Test
    void openBanditGivesItsKnownFigures() throws IOException {
        assertThat(shell.run("estimate", "--log", data("bts-men").toString())).isEqualTo(ExitCode.DONE);
        assertThat(shell.text().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("logged 0.0069 "))
                .anyMatch(line -> line.startsWith("IPS 0.0030 "))
                .anyMatch(line -> line.startsWith("SNIPS 0.0032 "))
                .anyMatch(line -> line.startsWith("Effective sample size 656 of 10000 rows"));

        assertThat(shell.run("estimate", "--log", data("random-men").toString(), "--json"))
                .isEqualTo(ExitCode.DONE);
        assertThat(shell.json().path("logged").path("value").asDouble()).isCloseTo(0.0046, within(1e-12));
        assertThat(shell.json().path("weights").path("effective_sample_size").asDouble())
                .isCloseTo(10_000, within(1e-6));
    }

    @Test
    void halfOfOpenBanditIsRefusedAVerdict() throws IOException {
        Path half = folder.resolve("half.csv");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data("bts-men"))), StandardCharsets.UTF_8))) {
            List<String> first = lines.lines().limit(5_001).toList();
            Files.write(half, first);
        }

        assertThat(shell.run("estimate", "--log", half.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.text())
                .contains(
                        "[effective_sample_size] the effective sample size is", "of 5000 rows, expected at least 500");
    }

    private static Path data(String name) {
        Path file = Path.of(System.getProperty("recsys.data", "../../shared/data"), "open-bandit", name + ".csv.gz");
        assumeTrue(Files.exists(file), "needs " + file + ", which is no part of the project");
        return file;
    }
}
