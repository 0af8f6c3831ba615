package dev.recsys.testkit;

import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;

/** One revision of tables in memory, which never changes. */
record MemorySums(TablesState state, SortedMap<LocalDate, Day> days) implements SumsReader {
    /** The rows of one day. */
    record Day(DayFigures figures, List<PopularitySum> popularity, List<ItemSum> items, List<PairSum> pairs) {
        static Day of(DaySums sums) {
            List<PopularitySum> popularity = new ArrayList<>();
            sums.popularity(popularity::add);
            List<ItemSum> items = new ArrayList<>();
            sums.items(items::add);
            List<PairSum> pairs = new ArrayList<>();
            sums.pairs(pairs::add);
            return new Day(sums.figures(), popularity, items, pairs);
        }
    }

    /** What tells two pairs, or two items of segments, apart. */
    private record Key(String one, String other) {}

    @Override
    public void popularity(SortedMap<LocalDate, Double> factors, Consumer<PopularitySum> taker) {
        add(
                factors,
                Day::popularity,
                row -> new Key(row.segment(), row.item()),
                (row, factor) -> new PopularitySum(row.segment(), row.item(), factor * row.amount(), row.events()),
                (a, b) -> new PopularitySum(a.segment(), a.item(), a.amount() + b.amount(), a.events() + b.events()),
                taker);
    }

    @Override
    public void items(SortedMap<LocalDate, Double> factors, Consumer<ItemSum> taker) {
        add(
                factors,
                Day::items,
                ItemSum::item,
                (row, factor) -> new ItemSum(row.item(), factor * row.share()),
                (a, b) -> new ItemSum(a.item(), a.share() + b.share()),
                taker);
    }

    @Override
    public void pairs(SortedMap<LocalDate, Double> factors, Consumer<PairSum> taker) {
        add(
                factors,
                Day::pairs,
                row -> new Key(row.item(), row.neighbour()),
                (row, factor) -> new PairSum(row.item(), row.neighbour(), row.sessions(), factor * row.share()),
                (a, b) -> new PairSum(a.item(), a.neighbour(), a.sessions() + b.sessions(), a.share() + b.share()),
                taker);
    }

    /** Multiplies a row by a factor. */
    private interface Weighing<R> {
        R weighed(R row, double factor);
    }

    private <R, K> void add(
            SortedMap<LocalDate, Double> factors,
            Function<Day, List<R>> table,
            Function<R, K> key,
            Weighing<R> weighing,
            BinaryOperator<R> sum,
            Consumer<R> taker) {
        Map<K, R> sums = new LinkedHashMap<>();
        factors.forEach((day, factor) -> {
            if (days.containsKey(day)) {
                table.apply(days.get(day))
                        .forEach(row -> sums.merge(key.apply(row), weighing.weighed(row, factor), sum));
            }
        });
        sums.values().forEach(taker);
    }
}
