package dev.recsys.testkit;

import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * The sums of a made-up day.
 *
 * @param figures its figures
 * @param popularityRows its popularity
 * @param itemRows its items
 * @param pairRows its pairs
 */
record MadeUpDay(DayFigures figures, List<PopularitySum> popularityRows, List<ItemSum> itemRows, List<PairSum> pairRows)
        implements DaySums {
    /** Returns a day with one item more than its number, and numbers that a sum in another order would change. */
    static MadeUpDay of(LocalDate day, int number) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        String other = "item-" + number;
        return new MadeUpDay(
                new DayFigures(
                        day,
                        10L + number,
                        4,
                        0.1 * number,
                        2L * number,
                        number,
                        start.plusMillis(1),
                        start.plusMillis(86_399_999),
                        start.plusMillis(1_001)),
                List.of(
                        new PopularitySum("", "a", 0.1 + 1e9 * number, 3),
                        new PopularitySum("", other, 1.0 / 3, 1),
                        new PopularitySum("seg", "a", Math.PI * number, 2)),
                List.of(new ItemSum("a", 0.7 * number), new ItemSum(other, 1)),
                List.of(new PairSum("a", other, 1, 1), new PairSum("a", "b", number, 0.1 * number)));
    }

    @Override
    public void popularity(Consumer<PopularitySum> taker) {
        popularityRows.forEach(taker);
    }

    @Override
    public void items(Consumer<ItemSum> taker) {
        itemRows.forEach(taker);
    }

    @Override
    public void pairs(Consumer<PairSum> taker) {
        pairRows.forEach(taker);
    }
}
