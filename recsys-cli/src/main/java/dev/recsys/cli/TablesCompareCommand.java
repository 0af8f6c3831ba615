package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.RecommendationRequest;
import dev.recsys.Scope;
import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.TableBuild;
import dev.recsys.pipelines.days.DayFolder;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.pipelines.tables.ModeComparison;
import dev.recsys.postgres.PostgresDatabase;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.TablesState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "compare",
        description = "Builds artifacts of the days that the tables hold, with the tables' settings, and compares the"
                + " lists that both give. Changes nothing.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TablesCompareCommand extends Action {
    private static final Duration STATE_TIMEOUT = Duration.ofSeconds(30);

    @Mixin
    private ReadOptions read;

    @Option(names = "--days", paramLabel = "DIR", description = "Build from the days that are kept in this folder.")
    private @Nullable Path root;

    @Mixin
    private ScopeOptions scope;

    @Mixin
    private DatabaseOptions database;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "How many requests with an item, and how many with recent items (default: 500).")
    private int sample = 500;

    @Option(names = "--k", paramLabel = "N", description = "How many items each request asks for (default: 10).")
    private int k = 10;

    @Option(
            names = "--min-equal",
            paramLabel = "SHARE",
            description = "Exit 3 if a smaller share of the lists is equal, such as 0.99; by default any will do.")
    private double minEqual;

    @Override
    Answer run() throws IOException {
        if (sample < 1 || !(minEqual >= 0 && minEqual <= 1)) {
            throw new IllegalArgumentException(
                    "--sample is " + sample + " and --min-equal is " + minEqual + "; expected at least 1, and 0 to 1");
        }
        SignalBuild build = build().listener(ProgressBar.on(terminal()));
        try (PostgresDatabase opened = database.open()) {
            SignalTables tables = opened.signalTables("reader", "nothing is written");
            ModeComparison comparison = TableBuild.of(build, tables).compare(sample, k, ServedOption.temporary());
            TablesState state = tables.state(scope.scope(), STATE_TIMEOUT).orElseThrow();
            boolean isEnough = share(comparison) >= minEqual;
            return new Answer(
                    isEnough ? ExitCode.DONE : ExitCode.REFUSED,
                    json(comparison, state),
                    text(comparison, state, isEnough));
        }
    }

    /** Which days and settings it has does not matter: the tables say that. */
    private SignalBuild build() throws IOException {
        Scope asked = scope.scope();
        Optional<DayFolder> kept = TableDaysOptions.folder(root, asked, read);
        return kept.isPresent()
                ? SignalBuild.ofDays(kept.get(), new DayWindow(TableDaysOptions.newest(kept.get()), 1))
                : read.applyTo(SignalBuild.of(asked, read.files()));
    }

    private static double share(ModeComparison comparison) {
        return comparison.requests() == 0 ? 1 : (double) comparison.equalLists() / comparison.requests();
    }

    private ObjectNode json(ModeComparison comparison, TablesState state) {
        ObjectNode json = Json.object(scope.scope())
                .put("revision", state.revision())
                .put("from", state.days().firstKey().toString())
                .put("until", state.days().lastKey().toString())
                .put("k", k)
                .put("requests", comparison.requests())
                .put("equal_lists", comparison.equalLists())
                .put("equal_share", share(comparison))
                .put("mean_overlap", comparison.meanOverlap())
                .put("min_overlap", comparison.minOverlap())
                .put("max_score_difference", comparison.maxScoreDifference())
                .put("cut_sessions", state.cutSessions());
        ArrayNode differing = json.putArray("differing");
        comparison.differing().forEach(request -> differing.add(line(request)));
        return json;
    }

    private String text(ModeComparison comparison, TablesState state, boolean isEnough) {
        StringBuilder text = new StringBuilder(String.format(
                "tables of %s       revision %d, %s to %s%n",
                scope.scope(),
                state.revision(),
                state.days().firstKey(),
                state.days().lastKey()));
        text.append(comparison.text()).append(String.format("cut sessions          %d%n", state.cutSessions()));
        comparison.differing().forEach(request -> text.append(String.format("differs: %s%n", line(request))));
        if (!isEnough) {
            text.append(String.format(
                    "Of the lists %.4f are equal; --min-equal asks for %s.%n", share(comparison), minEqual));
        }
        return text.toString();
    }

    /** Returns the options of recommend that ask the same. */
    private static String line(RecommendationRequest request) {
        return request.similarTo()
                .map(item -> "--similar-to " + item)
                .or(() -> request.recentItems().map(items -> "--recent " + String.join(",", items)))
                .or(() -> request.segment().map(segment -> "--segment " + segment))
                .orElse("everybody");
    }
}
