package dev.recsys.pipelines.tables;

import static dev.recsys.pipelines.days.RandomDays.FIRST;
import static dev.recsys.pipelines.days.RandomDays.SCOPE;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Manifest;
import dev.recsys.pipelines.FillReport;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.TableBuild;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.days.RandomDays;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.store.Sha256;
import dev.recsys.testkit.MemorySignalTables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A made-up shop whose days are kept, and tables that are filled from them. */
final class TableShop {
    static final int DAYS = 5;

    final MemorySignalTables tables = new MemorySignalTables();
    final Path folder;
    final DayFolder days;
    private final UnaryOperator<SignalBuild> settings;

    private TableShop(Path folder, DayFolder days, UnaryOperator<SignalBuild> settings) {
        this.folder = folder;
        this.days = days;
        this.settings = settings;
    }

    /** Returns a shop with sessions that go on for days, and ids that come again. */
    static TableShop random(Path folder, long seed) throws IOException {
        return of(folder, RandomDays.lines(seed, DAYS, 150));
    }

    /** Returns a shop whose sessions all end before midnight, and no id of which comes again. */
    static TableShop withoutNights(Path folder, long seed) throws IOException {
        return of(folder, seed, 3_600, 20 * 3_600);
    }

    /** Returns a shop many of whose sessions go on over a midnight, and none over two. */
    static TableShop withNights(Path folder, long seed) throws IOException {
        return of(folder, seed, 12 * 3_600, 24 * 3_600);
    }

    private static TableShop of(Path folder, long seed, int fromSecond, int seconds) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < DAYS * 150; i++) {
            int day = random.nextInt(fromSecond + seconds > 86_400 ? DAYS - 1 : DAYS);
            boolean named = random.nextBoolean();
            lines.add(String.join(
                    ",",
                    "",
                    FIRST.plusDays(day)
                            .atStartOfDay(ZoneOffset.UTC)
                            .plusSeconds(fromSecond + random.nextInt(seconds))
                            .toInstant()
                            .toString(),
                    "",
                    named ? "" : "u" + random.nextInt(200),
                    named ? "s" + day + "-" + random.nextInt(20) : "",
                    "i" + (int) Math.abs(random.nextGaussian() * 8),
                    random.nextBoolean() ? "view" : "click",
                    random.nextInt(3) == 0 ? "seg" + random.nextInt(3) : "",
                    ""));
        }
        return of(folder, lines);
    }

    static TableShop of(Path folder, List<String> lines) throws IOException {
        DayFolder days = RandomDays.keep(folder.resolve("days"), RandomDays.file(folder.resolve("events.csv"), lines));
        return new TableShop(folder, days, build -> build);
    }

    /** Returns the same shop with other settings and tables that nothing was filled into. */
    TableShop with(UnaryOperator<SignalBuild> other) {
        return new TableShop(folder, days, other);
    }

    /** Returns days, counted from 0. */
    static DayWindow days(int from, int until) {
        return DayWindow.between(FIRST.plusDays(from), FIRST.plusDays(until));
    }

    SignalBuild build(DayWindow window) {
        return settings.apply(SignalBuild.ofDays(days, window));
    }

    FillReport fill(DayWindow window) throws IOException {
        return TableBuild.of(build(window), tables).fill();
    }

    FillReport fillDays(DayWindow some) throws IOException {
        return TableBuild.of(build(some), tables).fill(some, DAYS);
    }

    ModeComparison compare() throws IOException {
        return TableBuild.of(build(days(0, DAYS - 1)), tables).compare(60, 10, folder.resolve("compare"));
    }

    TableStore store() throws IOException {
        return TableStore.over(tables, folder.resolve("served"));
    }

    /** Returns the manifest that a recommender has after it asked once. */
    static Manifest served(EmbeddedRecommender recommender) {
        recommender.invalidate(SCOPE.tenant(), SCOPE.surface()).join();
        return recommender
                .preload(SCOPE.tenant(), SCOPE.surface(), Duration.ofSeconds(20))
                .revision()
                .orElseThrow()
                .manifest();
    }

    /** Returns the digests of what is served now. */
    Map<ArtifactType, Sha256> digests() throws IOException {
        try (TableStore store = store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).build()) {
            return served(recommender).digests();
        }
    }
}
