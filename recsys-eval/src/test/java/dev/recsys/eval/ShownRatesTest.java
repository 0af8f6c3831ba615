package dev.recsys.eval;

import static dev.recsys.eval.Logged.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShownRatesTest {
    private static final Facet HOME = new Facet("surface", "home");
    private static final Facet COOC = new Facet("signal", "cooc");
    private static final Facet POPULARITY = new Facet("signal", "popularity");

    private final ShownRates rates = new ShownRates(new OutcomeKinds(Set.of("click"), Set.of("purchase")));

    private static LoggedList list(long latency, LoggedItem... items) {
        return new LoggedList(
                "acme",
                "home",
                Optional.empty(),
                Optional.empty(),
                at(0),
                List.of(items),
                List.of(HOME),
                Optional.empty(),
                OptionalLong.of(latency));
    }

    private static LoggedOutcome outcome(String type, double value) {
        return new LoggedOutcome(
                "acme", Optional.empty(), "x", type, at(1), OptionalDouble.of(value), Optional.empty());
    }

    private static JoinedList joined(LoggedList list, Map<Integer, List<LoggedOutcome>> outcomes) {
        return new JoinedList(list, new TreeMap<>(outcomes));
    }

    @Test
    void figuresAreThoseCountedByHand() {
        LoggedItem both = new LoggedItem("a", 1, List.of(COOC, POPULARITY));
        LoggedItem one = new LoggedItem("b", 1, List.of(COOC));
        rates.add(joined(
                list(30, both, one), Map.of(0, List.of(outcome("click", 9), outcome("click", 9), outcome("view", 9)))));
        rates.add(joined(list(10, one), Map.of(0, List.of(outcome("purchase", 2.5), outcome("purchase", -1)))));
        rates.add(joined(list(20), Map.of()));

        SortedMap<Facet, GroupRates> groups = rates.groups();

        assertThat(groups)
                .containsOnlyKeys(
                        Facet.ALL, new Facet("position", "1"), new Facet("position", "2"), COOC, POPULARITY, HOME);
        GroupRates all = groups.getOrDefault(Facet.ALL, GroupRates.NONE);
        assertThat(all).isEqualTo(groups.get(HOME));
        assertThat(List.of(all.lists(), all.emptyLists(), all.clickedLists(), all.convertedLists()))
                .containsExactly(3L, 1L, 1L, 1L);
        assertThat(all.clicks()).isEqualTo(ClusteredRate.NONE.plus(1, 2).plus(0, 1));
        assertThat(all.conversions()).isEqualTo(ClusteredRate.NONE.plus(0, 2).plus(1, 1));
        assertThat(all.value()).isEqualTo(1.5);
        assertThat(all.latencyP50()).hasValue(20);
        assertThat(all.latencyP99()).hasValue(30);
        assertThat(groups.getOrDefault(COOC, GroupRates.NONE).clicks())
                .isEqualTo(ClusteredRate.NONE.plus(1, 2).plus(0, 1));
        assertThat(groups.getOrDefault(POPULARITY, GroupRates.NONE).clicks()).isEqualTo(ClusteredRate.NONE.plus(1, 1));
        assertThat(groups.getOrDefault(new Facet("position", "2"), GroupRates.NONE)
                        .lists())
                .isEqualTo(1);
    }

    private static GroupRates few(long lists) {
        return new GroupRates(
                lists,
                0,
                ClusteredRate.NONE.plus(1, 2),
                ClusteredRate.NONE,
                1,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    @Test
    void ofFewListsNoRateIsGiven() {
        assertThat(few(99).clickRate()).isEmpty();
        assertThat(few(99).listClickRate()).isEmpty();
        assertThat(few(100).clickRate()).isPresent();
        assertThat(few(100).listClickRate()).contains(new Rate(1, 100).estimate());
        assertThat(few(100).conversionRate()).isEmpty(); // there were no items
    }

    @Test
    void positionsAreInTheOrderOfNumbers() {
        assertThat(Facet.position(8)).isLessThan(Facet.position(9));
        assertThat(new Facet("release", "12")).isLessThan(new Facet("release", "a"));
    }
}
