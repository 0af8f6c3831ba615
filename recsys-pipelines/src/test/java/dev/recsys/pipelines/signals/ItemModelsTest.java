package dev.recsys.pipelines.signals;

import static dev.recsys.pipelines.signals.Sessions.ofUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ItemModelsTest {
    @ParameterizedTest
    @EnumSource(ImplicitModel.class)
    void aModelThatIsASimilarityAgreesWithASlowReferenceOverUsers(ImplicitModel model) throws IOException {
        if (model.similarity().isEmpty()) {
            return;
        }
        ImplicitSettings settings = ImplicitSettings.of(model).with("shrinkage", 2);
        List<Event> events = users(Sessions.random(41, 200, 50));
        SlowCooc reference = new SlowCooc(Sessions.random(41, 200, 50), settings.pairs());

        Events read = Sessions.events(events);
        ItemModel trained = train(settings, read, 2);

        for (int item = 0; item < trained.itemCount(); item++) {
            double[] scores = new double[trained.itemCount()];
            trained.addRow(item, 3, scores);
            double[] expected = new double[scores.length];
            for (Map.Entry<String, Double> entry : reference.row(read.itemId(item))) {
                expected[number(read, entry.getKey())] = 3 * entry.getValue();
            }
            assertThat(scores).containsExactly(expected, within(1e-6 * 100));
        }
    }

    @Test
    void easeAgreesWithEliminationOverUsers() throws IOException {
        List<Event> events = users(Sessions.random(51, 250, 60));
        Events read = Sessions.events(events);
        double[][] x = matrix(read);
        double[][] gram = new double[read.itemCount()][read.itemCount()];
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram.length; j++) {
                for (double[] row : x) {
                    gram[i][j] += row[i] * row[j];
                }
                gram[i][j] += i == j ? 7.5 : 0;
            }
        }
        double[][] p = PlainInverse.gaussJordan(gram);

        ItemModel trained = train(ImplicitSettings.of(ImplicitModel.EASE).with("lambda", 7.5), read, 2);

        for (int i = 0; i < p.length; i++) {
            double[] expected = new double[p.length];
            for (int j = 0; j < p.length; j++) {
                expected[j] = i == j ? 0 : -p[i][j] / p[j][j];
            }
            assertThat(row(trained, i)).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void ialsAgreesWithANaiveSolution() throws IOException {
        Events read = Sessions.events(users(Sessions.random(52, 120, 40)));
        ImplicitSettings settings = ImplicitSettings.of(ImplicitModel.IALS)
                .with("factors", 5)
                .with("epochs", 3)
                .with("unobserved", 0.2)
                .with("regularisation", 0.05)
                .with("frequency-exponent", 0.5)
                .with("seed", 9);
        double[][] expected = new SlowIals(settings.ials()).scores(matrix(read));

        ItemModel trained = train(settings, read, 2);

        for (int i = 0; i < expected.length; i++) {
            assertThat(row(trained, i)).containsExactly(expected[i], within(1e-6));
        }
    }

    @Test
    void easeTakesNoMoreItemsThanItIsAllowed() {
        Events read = Sessions.events(users(Sessions.random(53, 120, 40)));
        ImplicitSettings settings = ImplicitSettings.of(ImplicitModel.EASE).with("max-items", 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(settings, read, 1))
                .withMessageContaining("rp3beta")
                .withMessageContaining("max-items");
    }

    @Test
    void constantsHaveNamesAndAreRefusedByThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImplicitSettings.of(ImplicitModel.EASE).with("alpha", 1))
                .withMessageContaining("lambda");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImplicitSettings.of(ImplicitModel.IALS).with("factors", 1.5))
                .withMessageContaining("factors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImplicitSettings.DEFAULT.with("beta", Double.NaN))
                .withMessageContaining("beta");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImplicitModel.named("svd"))
                .withMessageContaining("rp3beta, ease, ials, cosine, bm25-cosine");
    }

    @ParameterizedTest
    @EnumSource(ImplicitModel.class)
    void neitherTheOrderOfEventsNorTheNumberOfThreadsChangesAScore(ImplicitModel model) throws IOException {
        List<Event> events = users(Sessions.random(7, 300, 90));
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(8));
        ImplicitSettings settings = ImplicitSettings.of(model);

        ItemModel one = train(settings, Sessions.events(events), 1);
        ItemModel three = train(settings, Sessions.events(shuffled), 3);

        for (int item = 0; item < one.itemCount(); item++) {
            double[] expected = new double[one.itemCount()];
            double[] scores = new double[one.itemCount()];
            one.addRow(item, 1, expected);
            three.addRow(item, 1, scores);
            assertThat(scores).isEqualTo(expected);
        }
    }

    static ItemModel train(ImplicitSettings settings, Events events, int threads) throws IOException {
        Baskets histories = Baskets.ofUsers(events, settings.historyItems());
        return ItemModels.train(settings, events, histories, threads, ProgressListener.NONE);
    }

    static List<Event> users(List<Event> sessions) {
        return sessions.stream()
                .map(event -> ofUser(event.at().getEpochSecond(), event.session(), event.item()))
                .toList();
    }

    private static double[] row(ItemModel model, int item) {
        double[] scores = new double[model.itemCount()];
        model.addRow(item, 1, scores);
        return scores;
    }

    /** Users by items, in any order of the users. */
    private static double[][] matrix(Events events) {
        double[][] matrix = new double[events.userNumbers()][events.itemCount()];
        for (int event = 0; event < events.size(); event++) {
            matrix[events.userOf(event)][events.itemOf(event)] = 1;
        }
        return matrix;
    }

    private static int number(Events events, String id) {
        for (int item = 0; item < events.itemCount(); item++) {
            if (events.itemId(item).equals(id)) {
                return item;
            }
        }
        throw new AssertionError(id);
    }
}
