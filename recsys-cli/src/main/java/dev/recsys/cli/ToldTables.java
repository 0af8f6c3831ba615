package dev.recsys.cli;

import dev.recsys.Scope;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.sums.DayFigures;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.ItemSum;
import dev.recsys.sums.PairSum;
import dev.recsys.sums.PopularitySum;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tables that tell how many of the days that are put were written, of which the pairs of items are the last. */
record ToldTables(SignalTables tables, ProgressListener progress) implements SignalTables {
    @Override
    public String location() {
        return tables.location();
    }

    @Override
    public Optional<TablesState> state(Scope scope, Duration timeout) {
        return tables.state(scope, timeout);
    }

    @Override
    public <T> Optional<T> read(Scope scope, Function<SumsReader, T> reading, Duration timeout) {
        return tables.read(scope, reading, timeout);
    }

    @Override
    public TablesState replace(Scope scope, Replacement replacement, Duration timeout) {
        int all = replacement.days().size();
        List<DaySums> told = new ArrayList<>();
        for (DaySums day : replacement.days()) {
            int number = told.size() + 1;
            told.add(new ToldDay(day, () -> progress.progress(Phase.STORE, number, all)));
        }
        return tables.replace(
                scope,
                new Replacement(
                        replacement.expected(),
                        replacement.id(),
                        replacement.settings(),
                        replacement.filledAt(),
                        replacement.from(),
                        replacement.until(),
                        told),
                timeout);
    }

    private record ToldDay(DaySums day, Runnable written) implements DaySums {
        @Override
        public DayFigures figures() {
            return day.figures();
        }

        @Override
        public void popularity(Consumer<PopularitySum> taker) {
            day.popularity(taker);
        }

        @Override
        public void items(Consumer<ItemSum> taker) {
            day.items(taker);
        }

        @Override
        public void pairs(Consumer<PairSum> taker) {
            day.pairs(taker);
            written.run();
        }
    }
}
