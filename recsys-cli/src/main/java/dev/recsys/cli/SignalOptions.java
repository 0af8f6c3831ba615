package dev.recsys.cli;

import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.items.ItemColumns;
import dev.recsys.pipelines.items.ItemFile;
import dev.recsys.pipelines.signals.ContentSettings;
import dev.recsys.pipelines.signals.ContentWeighting;
import dev.recsys.pipelines.signals.ImplicitModel;
import dev.recsys.pipelines.signals.ImplicitSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the signals beyond popularity and cooc are computed, every constant, and the items. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class SignalOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "Of implicit: rp3beta, ease, ials, cosine, bm25-cosine, jaccard, llr, count, conditional (default:"
                            + " rp3beta).")
    private String model = "rp3beta";

    @Option(
            names = "--max-items",
            paramLabel = "N",
            description = "Of ease: the largest catalogue it is tried for; its memory grows with the square (default:"
                    + " 30000).")
    private @Nullable Integer maxItems;

    @Option(
            names = "--content-weighting",
            paramLabel = "NAME",
            description = "Of content_sim: bm25, tfidf (default: bm25).")
    private String contentWeighting = "bm25";

    @Option(
            names = "--set",
            split = ",",
            paramLabel = "SIGNAL.CONSTANT=VALUE",
            description = "Any constant of a signal, such as cooc.step-decay=0.8 or implicit.beta=0.4. Repeatable.")
    private Map<String, Double> constants = Map.of();

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "What is known of items, for content_sim: JSONL or CSV, also gzip.")
    private @Nullable Path items;

    @Option(
            names = "--item-columns",
            paramLabel = "FIELD=COLUMN,..",
            description =
                    "Where the fields of items are: item_id, brand, categories, tags, price, available, created_at."
                            + " Numbers count the columns of a file without a header.")
    private @Nullable String itemColumns;

    @Option(
            names = "--item-separator",
            paramLabel = "TEXT",
            description = "What is between the fields of items, such as :: or ; (default: a comma, with quotes).")
    private @Nullable String itemSeparator;

    SignalBuild applyTo(SignalBuild start) {
        ImplicitSettings implicit = ImplicitSettings.of(ImplicitModel.named(model));
        implicit = maxItems == null ? implicit : implicit.with("max-items", maxItems);
        SignalBuild build = start.implicit(implicit)
                .content(ContentSettings.DEFAULT.withWeighting(ContentWeighting.named(contentWeighting)));
        for (Map.Entry<String, Double> constant : new TreeMap<>(constants).entrySet()) {
            build = build.set(constant.getKey(), constant.getValue());
        }
        return items == null ? build : build.items(itemFile(items));
    }

    private ItemFile itemFile(Path path) {
        ItemFile file = ItemFile.of(path);
        file = itemColumns == null ? file : file.columns(ItemColumns.parse(itemColumns));
        return itemSeparator == null ? file : file.separator(itemSeparator);
    }
}
