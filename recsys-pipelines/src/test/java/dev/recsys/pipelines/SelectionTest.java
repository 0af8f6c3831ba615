package dev.recsys.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.evaluate.Split;
import dev.recsys.pipelines.events.EventFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    private static final Scope SCOPE = new Scope("acme", "home");
    private static final Set<ArtifactType> BEHAVIOURAL =
            Set.of(ArtifactType.POPULARITY, ArtifactType.COOC, ArtifactType.IMPLICIT, ArtifactType.SESSION_SEQ);

    @TempDir
    Path folder;

    @Test
    void aBuildRecordsWhatItChoseAndWhyAndTheOrderOfTheLinesChangesNothing() throws IOException {
        List<String> lines = lines(1, 3_000);
        SignalBuildReport first = build(lines).select().into(folder.resolve("first"));
        Collections.shuffle(lines, new Random(2));
        SignalBuildReport second = build(lines).select().threads(3).into(folder.resolve("second"));

        Map<String, String> evidence = first.build().evidence();
        assertThat(second.build().evidence()).isEqualTo(evidence);
        assertThat(second.choices()).isEqualTo(first.choices());
        assertThat(first.choices())
                .extracting(Choice::what)
                .containsExactly("implicit", "cooc", "session_seq", "popularity");
        for (Choice choice : first.choices()) {
            assertThat(evidence).containsEntry("select." + choice.what(), choice.chosen());
            assertThat(evidence.get("select." + choice.what() + ".why"))
                    .contains(choice.chosen(), choice.figure(), "the last fifth of the training events");
            assertThat(evidence.get("select." + choice.what() + ".figures"))
                    .startsWith(choice.ranking().replaceFirst(";.*", ""));
        }
        assertThat(first.choices().get(1).figure()).isEqualTo("hit_rate@10");
    }

    @Test
    void theChosenCandidateHasTheHighestFigureAndIsTheFirstOfThose() throws IOException {
        EvaluationReport report = build(lines(3, 3_000))
                .evaluate(EvaluationPlan.of(Protocol.NEXT_PERIOD)
                        .splitAt(Split.parse("80%"))
                        .selecting());

        for (Choice choice : report.choices()) {
            double best = choice.trials().stream()
                    .mapToDouble(Choice.Trial::figure)
                    .max()
                    .orElseThrow();
            String first = choice.trials().stream()
                    .filter(trial -> trial.figure() == best)
                    .map(Choice.Trial::name)
                    .findFirst()
                    .orElseThrow();
            assertThat(choice.chosen()).as(choice.what()).isEqualTo(first);
            assertThat(choice.trials()).extracting(Choice.Trial::name).doesNotHaveDuplicates();
        }
        assertThat(report.choices()).last().extracting(Choice::what).isEqualTo("blend");
    }

    @Test
    void whatIsChosenDoesNotDependOnTheTest() throws IOException {
        List<String> train = lines(5, 2_400);
        List<String> oneTest = new ArrayList<>(train);
        List<String> otherTest = new ArrayList<>(train);
        lines(6, 600).forEach(line -> oneTest.add(later(line)));
        lines(7, 600).forEach(line -> otherTest.add(later(line)));
        EvaluationPlan plan = EvaluationPlan.of(Protocol.BASKET)
                .splitAt(Split.parse("2026-06-01T00:00:00Z"))
                .selecting();

        List<Choice> one = build(oneTest).evaluate(plan).choices();
        List<Choice> other = build(otherTest).evaluate(plan).choices();

        assertThat(one).isEqualTo(other);
    }

    @Test
    void withTooLittleToAskNothingIsChosenAndTheReportSaysSo() throws IOException {
        SignalBuildReport report = build(lines(8, 60)).select().into(folder.resolve("out"));

        assertThat(report.choices()).allSatisfy(choice -> {
            assertThat(choice.trials()).isEmpty();
            assertThat(choice.why()).contains("kept as it was set");
        });
        assertThat(report.build().evidence()).containsEntry("similarity", "jaccard");
    }

    @Test
    void aComparisonHasARowForWhatIsServedAndOneForEachSignal() throws IOException {
        EvaluationReport report = build(lines(9, 2_000))
                .evaluate(EvaluationPlan.of(Protocol.LEAVE_LAST_OUT).comparing());

        assertThat(report.rows())
                .extracting(EvaluationReport.Row::name)
                .containsExactly("blend", "cooc", "implicit", "popularity", "session_seq");
        assertThat(report.rows())
                .extracting(row -> row.figures().targets())
                .containsOnly(report.figures().targets());
        assertThat(report.rows())
                .extracting(row -> row.figures().items())
                .containsOnly(report.figures().items());
    }

    @Test
    void aPlanWithoutWhatItsProtocolNeedsIsRefused() {
        SignalBuild build = build(lines(1, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.evaluate(EvaluationPlan.of(Protocol.BASKET)))
                .withMessageContaining("needs a split");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.evaluate(EvaluationPlan.of(Protocol.RANKING)))
                .withMessageContaining("needs files of a test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build.evaluate(
                        EvaluationPlan.of(Protocol.LEAVE_LAST_OUT).splitAt(Split.parse("80%"))))
                .withMessageContaining("takes no split");
    }

    private SignalBuild build(List<String> lines) {
        List<String> file = new ArrayList<>(List.of("ts,user,session,item"));
        file.addAll(lines);
        Path path = folder.resolve("events" + folder.toFile().list().length + ".csv");
        try {
            EventFiles.lines(path, file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return SignalBuild.of(SCOPE, List.of(path)).signals(BEHAVIOURAL);
    }

    /** Eighty users with a taste for one of six groups of ten items, five items a session, all of 2026's first months. */
    private static List<String> lines(long seed, int events) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            int visit = i / 5;
            int user = new Random(seed * 1_000 + visit).nextInt(80);
            int group = random.nextInt(10) < 7 ? user % 6 : random.nextInt(6);
            long second = 1_767_225_600L + i * (12_000_000L / Math.max(1, events));
            int item = (int) (10 * random.nextDouble() * random.nextDouble());
            lines.add(second + ",u" + user + ",s" + visit + ",i" + group + "x" + item);
        }
        return lines;
    }

    private static String later(String line) {
        List<String> fields = List.of(line.split(",", -1));
        long second = Long.parseLong(fields.get(0)) + 20_000_000L;
        return second + "," + fields.get(1) + ",late" + fields.get(2) + "," + fields.get(3);
    }
}
