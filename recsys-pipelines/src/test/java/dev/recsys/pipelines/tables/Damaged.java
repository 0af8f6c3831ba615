package dev.recsys.pipelines.tables;

import static dev.recsys.pipelines.days.RandomDays.FIRST;

import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.Replacement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A day in tables whose settings no recsys wrote. */
final class Damaged implements DaySums {
    static Replacement replacement(long expected) {
        return new Replacement(expected, "damaged", "?", Instant.EPOCH, FIRST, FIRST, List.of(new Damaged()));
    }

    @Override
    public DayFigures figures() {
        return DayFigures.none(FIRST);
    }

    @Override
    public void popularity(Consumer<PopularitySum> taker) {}

    @Override
    public void items(Consumer<ItemSum> taker) {}

    @Override
    public void pairs(Consumer<PairSum> taker) {}
}
