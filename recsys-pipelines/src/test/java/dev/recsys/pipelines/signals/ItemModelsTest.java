package dev.recsys.pipelines.signals;

import static dev.recsys.pipelines.signals.Sessions.ofUser;
import static org.assertj.core.api.Assertions.assertThat;
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

    private static int number(Events events, String id) {
        for (int item = 0; item < events.itemCount(); item++) {
            if (events.itemId(item).equals(id)) {
                return item;
            }
        }
        throw new AssertionError(id);
    }
}
