package dev.recsys.cli;

import dev.recsys.pipelines.SignalBuild;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.items.ItemColumns;
import dev.recsys.pipelines.items.ItemFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where it is written what is known of items. */
@SuppressWarnings("NullAway.Init") // set by picocli
final class ItemOptions {
    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "What is known of items: brand, categories, tags, price; JSONL or CSV, also gzip.")
    private @Nullable Path file;

    @Option(
            names = "--item-columns",
            paramLabel = "FIELD=COLUMN,..",
            description =
                    "Where the fields of items are: item_id, brand, categories, tags, price, available, created_at."
                            + " Numbers count columns from 1, of files without a header.")
    private @Nullable String columns;

    @Option(
            names = "--item-separator",
            paramLabel = "TEXT",
            description = "Between the fields of items, such as ; or :: or tab (default: a comma; :: for .dat).")
    private @Nullable String separator;

    boolean isThere() {
        return file != null;
    }

    /** Lets a build know the items of the file, if one is named. */
    SignalBuild applyTo(SignalBuild build) {
        return file == null ? build : build.items(itemFile(file));
    }

    /** Reads the file. */
    ItemFile.Result read() {
        if (file == null) {
            throw new IllegalArgumentException("--items is missing; name the file of items");
        }
        return itemFile(file).read();
    }

    private ItemFile itemFile(Path file) {
        boolean dat = file.toString().matches(".*\\.dat(\\.gz)?");
        ItemFile items = ItemFile.of(file);
        if (dat) { // item::title::categories, the form of MovieLens and MovieTweetings
            items = items.format(EventFormat.CSV).separator("::").columns(ItemColumns.parse("item_id=1,categories=3"));
        }
        items = separator == null ? items : items.separator(ReadOptions.between(separator));
        items = columns == null ? items : items.columns(ItemColumns.parse(columns));
        return items;
    }
}
