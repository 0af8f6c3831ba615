package dev.recsys.pipelines.evaluate;

import static dev.recsys.pipelines.signals.Sessions.inSession;
import static dev.recsys.pipelines.signals.Sessions.ofUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.SessionSettings;
import dev.recsys.pipelines.signals.Sessions;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolsTest {
    private static final List<Integer> CUTS = List.of(1, 5, 10, 20);
    private static final Instant SPLIT = Instant.ofEpochSecond(1_000);
    private static final Blend BLEND = Blend.DEFAULT
            .withWeights(Map.of(ArtifactType.COOC, 1.0))
            .withRecencyDecay(0.5)
            .withMaxRecentItems(3);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void basketAgreesWithASlowReference(long seed) throws IOException {
        Map<String, List<ScoredItem>> rows = Tables.randomRows(new Random(seed));
        List<Event> test = new ArrayList<>();
        for (Event event : Sessions.random(seed, 120, 60)) {
            test.add(inSession(1_000 + event.at().getEpochSecond(), event.session(), event.item()));
        }
        Set<String> known = rows.keySet();

        Figures figures = run(HoldOut.at(Split.at(SPLIT), Protocol.BASKET, Sessions.events(test), sessions()), rows);

        List<List<SlowProtocols.Asked>> asked = SlowProtocols.basket(test, known);
        assertSame(figures, asked, new SlowProtocols(known, query -> scores(rows, query, 1, 1_000)));
        assertThat(figures.value("hit_rate@10")).isBetween(0.1, 0.9);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void nextPeriodAgreesWithASlowReference(long seed) throws IOException {
        Map<String, List<ScoredItem>> rows = Tables.randomRows(new Random(seed));
        List<Event> all = users(seed, 2_000);
        List<Event> train = all.subList(0, 1_000);
        List<Event> test = all.subList(1_000, 2_000);
        Set<String> known = known(rows, train);

        Figures figures =
                run(HoldOut.at(Split.at(SPLIT), Protocol.NEXT_PERIOD, Sessions.events(all), sessions()), rows);

        assertSame(figures, SlowProtocols.users(train, test, known, true), slow(rows, known));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void leaveLastOutAgreesWithASlowReference(long seed) throws IOException {
        Map<String, List<ScoredItem>> rows = Tables.randomRows(new Random(seed));
        List<Event> all = users(seed, 600);
        List<Event> train = new ArrayList<>();
        List<Event> test = new ArrayList<>();
        for (Event event : all) {
            Set<String> later = new HashSet<>();
            Set<String> before = new HashSet<>();
            all.stream().filter(other -> other.user().equals(event.user())).forEach(other -> {
                if (other.at().isBefore(event.at())) {
                    before.add(other.item());
                } else if (other.at().isAfter(event.at())) {
                    later.add(other.item());
                }
            });
            later.removeAll(before);
            later.remove(event.item());
            boolean isNew = !before.contains(event.item());
            if (!later.isEmpty() || before.isEmpty()) {
                train.add(event); // a new item is still to come, or it is the only one
            } else if (isNew) {
                test.add(event);
            } else if (isBeforeTheLast(all, event)) {
                train.add(event);
            }
        }
        Set<String> known = known(rows, train);
        HoldOut holdOut = HoldOut.lastItems(Sessions.events(all));

        Figures figures = run(holdOut, rows);

        assertThat(holdOut.train().size()).isEqualTo(train.size());
        Set<String> everything = new HashSet<>(known);
        test.forEach(event -> everything.add(event.item()));
        assertSame(figures, SlowProtocols.users(train, test, everything, true), slow(rows, known));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void aGivenSplitAgreesWithASlowReference(long seed) throws IOException {
        Map<String, List<ScoredItem>> rows = Tables.randomRows(new Random(seed));
        List<Event> all = users(seed, 1_500);
        List<Event> train = all.subList(0, 700);
        List<Event> test = all.subList(700, 1_500);
        Set<String> known = known(rows, train);
        Events both = Sessions.events(all); // users have the same numbers in the parts
        HoldOut holdOut = HoldOut.given(
                both.where(event -> both.millis(event) < 700_000), both.where(event -> both.millis(event) >= 700_000));

        Figures figures = run(holdOut, rows);

        Set<String> everything = new HashSet<>(known);
        test.forEach(event -> everything.add(event.item()));
        SlowProtocols reference = new SlowProtocols(known, query -> scores(rows, query, 1, 1_000));
        assertSame(figures, SlowProtocols.users(train, test, everything, false), reference);
        assertThat(figures.unknownTargets()).isPositive();
    }

    @Test
    void anItemThatTrainingDoesNotKnowIsAMissInABasketAndNoTargetInTheNextPeriod() throws IOException {
        Map<String, List<ScoredItem>> rows = Map.of("a", List.of(new ScoredItem("b", 1)));

        Figures basket = run(
                HoldOut.at(
                        Split.at(SPLIT),
                        Protocol.BASKET,
                        Sessions.events(inSession(1_000, "s", "a"), inSession(1_001, "s", "new")),
                        sessions()),
                rows);
        Figures period = run(
                HoldOut.at(
                        Split.at(SPLIT),
                        Protocol.NEXT_PERIOD,
                        Sessions.events(
                                ofUser(1, "u", "a"),
                                ofUser(2, "v", "b"),
                                ofUser(1_001, "u", "new"),
                                ofUser(1_002, "u", "b")),
                        sessions()),
                rows);

        assertThat(basket.questions()).isEqualTo(2);
        assertThat(basket.unknownTargets()).isEqualTo(1);
        assertThat(basket.value("recall@20")).isEqualTo(0.5); // a is second of the two that training knows
        assertThat(period.targets()).isEqualTo(1);
        assertThat(period.value("recall@1")).isEqualTo(1);
    }

    @Test
    void sessionsThatBeginBeforeTheSplitOrHaveOneItemAreNotAskedAbout() throws IOException {
        Events events = Sessions.events(
                inSession(999, "before", "a"), inSession(1_001, "before", "b"),
                inSession(1_000, "one", "a"), inSession(1_001, "one", "a"),
                inSession(1_000, "two", "a"), inSession(1_001, "two", "b"));

        HoldOut holdOut = HoldOut.at(Split.at(SPLIT), Protocol.BASKET, events, sessions());

        assertThat(run(holdOut, Map.of("a", List.of(new ScoredItem("b", 1)))).groups())
                .isEqualTo(1);
    }

    @Test
    void theThreadsChangeNoBitOfAFigure() throws IOException {
        Map<String, List<ScoredItem>> rows = Tables.randomRows(new Random(9));
        HoldOut holdOut =
                HoldOut.at(Split.at(SPLIT), Protocol.NEXT_PERIOD, Sessions.events(users(9, 2_000)), sessions());
        Map<ArtifactType, Table> tables =
                Map.of(ArtifactType.COOC, Tables.neighbours(folder.resolve("t.rst"), ArtifactType.COOC, rows));

        Figures one = new Evaluator(CUTS, List.of(), 1, ProgressListener.NONE).run(holdOut, tables, BLEND);
        Figures four = new Evaluator(CUTS, List.of(), 4, ProgressListener.NONE).run(holdOut, tables, BLEND);

        assertThat(one).isEqualTo(four);
    }

    @Test
    void whatIsHeldOutInsideTrainingIsHeldOutByTheSameProtocol() {
        Events events = Sessions.events(users(5, 2_000));

        HoldOut inside = HoldOut.at(Split.at(SPLIT), Protocol.NEXT_PERIOD, events, sessions())
                .inside();
        HoldOut last = HoldOut.lastItems(events);
        HoldOut given = HoldOut.given(Sessions.events(sameTime(5, 500)), events).inside();

        assertThat(inside.split()).contains(Instant.ofEpochSecond(800));
        assertThat(last.inside().train().size()).isLessThan(last.train().size());
        assertThat(given.train().size()).isBetween(350, 450);
    }

    @Test
    void withoutATableOrACutThereIsNothingToEvaluate() {
        HoldOut holdOut = HoldOut.lastItems(Sessions.events(users(1, 50)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Evaluator(CUTS, List.of(), 1, ProgressListener.NONE).run(holdOut, Map.of(), BLEND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evaluator(List.of(0), List.of(), 1, ProgressListener.NONE))
                .withMessageContaining("1 to 1000");
    }

    private Figures run(HoldOut holdOut, Map<String, List<ScoredItem>> rows) throws IOException {
        Table table = Tables.neighbours(
                folder.resolve(rows.hashCode() + "-" + folder.toFile().list().length), ArtifactType.COOC, rows);
        return new Evaluator(CUTS, List.of(), 2, ProgressListener.NONE)
                .run(holdOut, Map.of(ArtifactType.COOC, table), BLEND);
    }

    private static void assertSame(Figures figures, List<List<SlowProtocols.Asked>> groups, SlowProtocols slow) {
        Map<String, Double> expected = slow.figures(groups, CUTS);
        assertThat(figures.groups()).isEqualTo(groups.size()).isGreaterThan(10);
        assertThat(figures.targets())
                .isEqualTo(groups.stream()
                        .flatMap(List::stream)
                        .mapToLong(asked -> asked.targets().size())
                        .sum());
        expected.forEach(
                (name, value) -> assertThat(figures.value(name)).as(name).isCloseTo(value, within(1e-9)));
        assertThat(figures.values()).containsKeys(expected.keySet().toArray(String[]::new));
    }

    private static SlowProtocols slow(Map<String, List<ScoredItem>> rows, Set<String> known) {
        return new SlowProtocols(known, query -> scores(rows, query, 0.5, 3));
    }

    private static Map<String, Double> scores(
            Map<String, List<ScoredItem>> rows, List<String> recent, double decay, int most) {
        Map<String, Double> scores = new HashMap<>();
        for (int i = 0; i < Math.min(most, recent.size()); i++) {
            double weight = Math.pow(decay, i);
            rows.getOrDefault(recent.get(i), List.of())
                    .forEach(item -> scores.merge(item.itemId(), weight * item.score(), Double::sum));
        }
        return scores;
    }

    private static Set<String> known(Map<String, List<ScoredItem>> rows, List<Event> train) {
        Set<String> known = new HashSet<>(rows.keySet());
        train.forEach(event -> known.add(event.item()));
        return known;
    }

    private static boolean isBeforeTheLast(List<Event> all, Event event) {
        List<Event> own =
                all.stream().filter(other -> other.user().equals(event.user())).toList();
        Set<String> seen = new HashSet<>();
        Event last = own.get(0);
        for (Event other : own) {
            last = seen.add(other.item()) ? other : last;
        }
        return event.at().isBefore(last.at()) || seen.size() == 1;
    }

    /** An event a second; of items i0 to i59, of which the table knows 50. */
    private static List<Event> users(long seed, int events) {
        Random random = new Random(seed);
        List<Event> list = new ArrayList<>();
        for (int second = 0; second < events; second++) {
            int item = (int) (60 * random.nextDouble() * random.nextDouble());
            list.add(ofUser(second, "u" + random.nextInt(40), "i" + item));
        }
        return list;
    }

    private static List<Event> sameTime(long seed, int events) {
        return users(seed, events).stream()
                .map(event -> ofUser(0, event.user(), event.item()))
                .toList();
    }

    private static SessionSettings sessions() {
        return SessionSettings.DEFAULT;
    }
}
