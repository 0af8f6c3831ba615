package dev.recsys.pipelines.signals;

import static dev.recsys.pipelines.signals.Sessions.inSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionSeqSignalTest {
    private static final TableInfo INFO = new TableInfo(new Scope("acme", "home"), ArtifactType.SESSION_SEQ, "sku");

    @TempDir
    Path folder;

    private int tables;

    @Test
    void whatFollowsIsScoredAndWhatCameBeforeIsNot() throws IOException {
        List<Event> events = List.of(
                inSession(0, "s", "a"),
                inSession(1, "s", "a"),
                inSession(2, "s", "b"),
                inSession(3, "s", "c"),
                inSession(4, "s", "a"));

        Table table = Table.open(write(events, SessionSeqSettings.DEFAULT.with("step-decay", 0.5), 1));

        assertThat(table.row("a"))
                .containsExactly(new ScoredItem("b", (float) (1 / 1.5)), new ScoredItem("c", (float) (0.5 / 1.5)));
        assertThat(table.row("b"))
                .containsExactly(new ScoredItem("c", (float) (1 / 1.5)), new ScoredItem("a", (float) (0.5 / 1.5)));
        assertThat(table.row("c")).containsExactly(new ScoredItem("a", 1));
    }

    @ParameterizedTest(name = "seed {0}, decay {1}, steps {2}, half-life {3} min, support {4}, shrinkage {5}")
    @CsvSource({"1,0.8,10,0,1,0", "2,0.5,3,0,2,4", "3,0.9,5,0.1,1,0", "4,1,1,2,2,1"})
    void transitionsAgreeWithASlowReferenceAndOrderAndThreadsChangeNoByte(
            long seed, double decay, int steps, double halfLifeMinutes, int support, double shrinkage)
            throws IOException {
        List<Event> events = Sessions.random(seed, 300, 40);
        SessionSeqSettings settings = SessionSeqSettings.DEFAULT
                .with("step-decay", decay)
                .with("steps", steps)
                .with("min-support", support)
                .with("shrinkage", shrinkage);
        if (halfLifeMinutes > 0) {
            settings = settings.with("gap-half-life-minutes", halfLifeMinutes);
        }
        Path file = write(events, settings, 1);
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(Files.mismatch(file, write(shuffled, settings, 3))).isEqualTo(-1);
        Map<String, Map<String, Double>> expected = slow(events, settings, halfLifeMinutes * 60);
        Table table = Table.open(file);
        for (Map.Entry<String, Map<String, Double>> row : expected.entrySet()) {
            Map<String, Double> actual = new TreeMap<>();
            table.row(row.getKey()).forEach(item -> actual.put(item.itemId(), (double) item.score()));
            assertThat(actual.keySet()).isEqualTo(row.getValue().keySet());
            row.getValue().forEach((item, score) -> assertThat(actual.get(item)).isCloseTo(score, within(1e-6)));
        }
    }

    private static Map<String, Map<String, Double>> slow(
            List<Event> events, SessionSeqSettings settings, double halfLifeSeconds) {
        Map<String, List<Event>> sessions = new TreeMap<>();
        events.forEach(event -> {
            List<Event> session = sessions.computeIfAbsent(event.session(), key -> new ArrayList<>());
            if (!session.isEmpty() && session.get(session.size() - 1).item().equals(event.item())) {
                session.remove(session.size() - 1);
            }
            session.add(event);
        });
        Map<String, Map<String, Double>> weights = new TreeMap<>();
        Map<String, Map<String, Integer>> support = new TreeMap<>();
        for (List<Event> session : sessions.values()) {
            Map<String, Map<String, Integer>> once = new TreeMap<>();
            for (int i = 0; i < session.size(); i++) {
                for (int j = i + 1; j < session.size() && j - i <= settings.maxSteps(); j++) {
                    String from = session.get(i).item();
                    String to = session.get(j).item();
                    if (from.equals(to)) {
                        continue;
                    }
                    long gap = session.get(j).at().getEpochSecond()
                            - session.get(i).at().getEpochSecond();
                    double weight = Math.pow(settings.stepDecay(), j - i - 1)
                            * (halfLifeSeconds == 0 ? 1 : Math.pow(0.5, gap / halfLifeSeconds));
                    weights.computeIfAbsent(from, key -> new TreeMap<>()).merge(to, weight, Double::sum);
                    once.computeIfAbsent(from, key -> new TreeMap<>()).put(to, 1);
                }
            }
            once.forEach((from, row) -> row.forEach((to, one) ->
                    support.computeIfAbsent(from, key -> new TreeMap<>()).merge(to, one, Integer::sum)));
        }
        Map<String, Map<String, Double>> scores = new TreeMap<>();
        weights.forEach((from, row) -> {
            double all = row.values().stream().mapToDouble(w -> w).sum();
            Map<String, Double> kept = scores.computeIfAbsent(from, key -> new TreeMap<>());
            row.forEach((to, weight) -> {
                int c = support.getOrDefault(from, Map.of()).getOrDefault(to, 0);
                if (c >= settings.minSupport()) {
                    kept.put(to, weight / all * c / (c + settings.shrinkage()));
                }
            });
        });
        return scores;
    }

    @Test
    void constantsThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionSeqSettings.DEFAULT.with("steps", 0))
                .withMessageContaining("steps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionSeqSettings.DEFAULT.with("stepdecay", 0))
                .withMessageContaining("step-decay");
    }

    private Path write(List<Event> events, SessionSeqSettings settings, int threads) throws IOException {
        Path file = folder.resolve("t" + tables++);
        try (TableWriter table = TableWriter.create(file, INFO, TableForm.EXACT, RowKeys.ITEMS)) {
            new SessionSeqSignal(settings, SessionSettings.DEFAULT, threads, ProgressListener.NONE)
                    .write(Sessions.events(events), table);
            table.finish();
        }
        return file;
    }
}
