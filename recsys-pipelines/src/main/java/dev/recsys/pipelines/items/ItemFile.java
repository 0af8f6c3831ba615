package dev.recsys.pipelines.items;

import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.events.EventFormat;
import dev.recsys.pipelines.events.FieldFile;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.events.RejectedLine;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * A file of items: JSONL or CSV, also gzip, with the fields of {@link ItemColumns}. Immutable: every setting returns a new
 * value.
 *
 * <p>In CSV several categories or tags are separated by {@code |}; in JSON they may be arrays. A line that is not as it
 * should be is counted, listed with its number and reason, and left out; if too many are, nothing is read. An item counts
 * by its first line; a further line with its id is malformed.
 */
public final class ItemFile {
    private static final int EXAMPLES = 5;
    private static final String COMMA = ",";

    private final Path file;
    private final Optional<EventFormat> format;
    private final ItemColumns columns;
    private final String separator;
    private final LabelSplit split;
    private final double maxBad;

    /**
     * What was read.
     *
     * @param items the items, in the order of their ids
     * @param report what became of every line
     */
    public record Result(List<ItemAttributes> items, ItemReport report) {
        /** Copies the list. */
        public Result {
            items = List.copyOf(items);
        }
    }

    private ItemFile(
            Path file,
            Optional<EventFormat> format,
            ItemColumns columns,
            String separator,
            LabelSplit split,
            double maxBad) {
        this.file = file;
        this.format = format;
        this.columns = columns;
        this.separator = separator;
        this.split = split;
        this.maxBad = maxBad;
    }

    /** Starts with a file whose name says its format, every field under its own name, and at most 5 % malformed lines. */
    public static ItemFile of(Path file) {
        return new ItemFile(file, Optional.empty(), ItemColumns.DEFAULT, COMMA, new LabelSplit("|"), 0.05);
    }

    /** Reads the file in a format, whatever its name. */
    public ItemFile format(EventFormat newFormat) {
        return new ItemFile(file, Optional.of(newFormat), columns, separator, split, maxBad);
    }

    /** Sets where the fields are. */
    public ItemFile columns(ItemColumns newColumns) {
        return new ItemFile(file, format, newColumns, separator, split, maxBad);
    }

    /**
     * Sets what is between the fields of a file that is not JSONL, such as {@code ::}; with another than a comma there are
     * no quotes, and a record is a line.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public ItemFile separator(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the separator of items is empty; expected one such as ; or ::");
        }
        return new ItemFile(file, format, columns, text, split, maxBad);
    }

    /**
     * Sets what is between several categories or tags, {@code |} by default.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public ItemFile labelSeparator(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the separator of labels is empty; expected one such as |");
        }
        return new ItemFile(file, format, columns, separator, new LabelSplit(text), maxBad);
    }

    /**
     * Sets the largest share of malformed lines.
     *
     * @throws IllegalArgumentException unless it is 0 to 1
     */
    public ItemFile maxBad(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("maxBad is " + share + "; expected a share from 0 to 1");
        }
        return new ItemFile(file, format, columns, separator, split, share);
    }

    /**
     * Reads the file.
     *
     * @throws BadItemsException if it is missing, unreadable or cut off, or too many lines are malformed
     * @throws IllegalArgumentException if its header lacks a column, or its format cannot be told
     */
    public Result read() {
        if (!Files.isRegularFile(file)) {
            throw new BadItemsException("There is no file of items " + file + ".", null);
        }
        try {
            return isJson() ? readJson() : readFields();
        } catch (EOFException | ZipException e) {
            throw new BadItemsException(
                    file + " is gzip and cut off or damaged: " + e.getMessage() + ". Get it again.", e);
        } catch (IOException e) {
            throw new BadItemsException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private boolean isJson() {
        if (format.isEmpty() && !separator.equals(COMMA)) {
            return false;
        }
        return format.orElseGet(() -> EventFormat.of(file)) == EventFormat.JSONL;
    }

    private Result readJson() throws IOException {
        Intake intake = new Intake();
        ItemJson json = new ItemJson(columns, split);
        try (FieldFile lines = FieldFile.lines(file)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                intake.take(line.get(), fields -> json.parse(fields.get(0)));
            }
        }
        return intake.result();
    }

    private Result readFields() throws IOException {
        Intake intake = new Intake();
        try (FieldFile lines = FieldFile.separated(file, separator)) {
            Map<ItemField, Integer> numbers = columns.areNumbers() ? numbers() : header(lines.next());
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                intake.take(line.get(), fields -> texts(fields, numbers));
            }
        }
        return intake.result();
    }

    private Map<ItemField, Integer> numbers() {
        Map<ItemField, Integer> numbers = new EnumMap<>(ItemField.class);
        for (ItemField field : ItemField.values()) {
            columns.columnOf(field).ifPresent(column -> numbers.put(field, Integer.parseInt(column) - 1));
        }
        if (!numbers.containsKey(ItemField.ITEM_ID)) {
            throw new IllegalArgumentException(
                    "item columns are numbers, and item_id has none; expected one such as item_id=1");
        }
        return numbers;
    }

    private Map<ItemField, Integer> header(Optional<FieldFile.Fields> record) {
        Map<ItemField, Integer> numbers = new EnumMap<>(ItemField.class);
        if (record.isEmpty()) {
            return numbers;
        }
        if (record.get().problem().isPresent()) {
            throw new IllegalArgumentException(
                    "The header of " + file + " " + record.get().problem().get());
        }
        List<String> header = record.get().fields().stream().map(String::strip).toList();
        for (ItemField field : ItemField.values()) {
            String name = columns.columnOf(field).orElseThrow();
            int column = header.indexOf(name);
            if (column < 0 && columns.isRequired(field)) {
                throw new IllegalArgumentException(file + " has no column '" + name + "' for " + field.logicalName()
                        + "; it has " + String.join(", ", header)
                        + ". Map the fields to columns, such as item_id=sku,tags=labels");
            }
            if (column >= 0) {
                numbers.put(field, column);
            }
        }
        return numbers;
    }

    private ItemTexts texts(List<String> fields, Map<ItemField, Integer> numbers) throws LineProblem {
        ItemTexts texts = new ItemTexts();
        for (Map.Entry<ItemField, Integer> column : numbers.entrySet()) {
            if (column.getValue() >= fields.size()) {
                throw new LineProblem("has " + fields.size() + " fields; "
                        + column.getKey().logicalName() + " is field " + (column.getValue() + 1));
            }
            texts.set(column.getKey(), split.of(column.getKey(), fields.get(column.getValue())));
        }
        return texts;
    }

    private interface Parser {
        ItemTexts parse(List<String> fields) throws LineProblem;
    }

    /** Counts lines, and keeps items by id and the first of the malformed lines. */
    private final class Intake {
        private final Map<String, ItemAttributes> items = new TreeMap<>();
        private final Map<String, Long> lineOf = new TreeMap<>();
        private final List<RejectedLine> rejected = new ArrayList<>();
        private long lines;
        private long malformed;

        void take(FieldFile.Fields line, Parser parser) {
            lines++;
            try {
                if (line.problem().isPresent()) {
                    throw new LineProblem(line.problem().get());
                }
                ItemAttributes item = parser.parse(line.fields()).item();
                Long earlier = lineOf.putIfAbsent(item.itemId(), line.line());
                if (earlier != null) {
                    throw new LineProblem("has the item_id of line " + earlier + "; an item counts once");
                }
                items.put(item.itemId(), item);
            } catch (LineProblem problem) {
                malformed++;
                if (rejected.size() < ReadReport.MAX_LISTED) {
                    rejected.add(new RejectedLine(file, line.line(), problem.reason()));
                }
            }
        }

        Result result() {
            if (malformed > maxBad * lines) {
                throw new BadItemsException(
                        malformed + " of " + lines + " lines of items are malformed, more than the share of " + maxBad
                                + " that is allowed; the first: "
                                + rejected.stream()
                                        .limit(EXAMPLES)
                                        .map(RejectedLine::toString)
                                        .collect(Collectors.joining("; "))
                                + ". Mend the lines, check the mapping of columns, or allow a larger share.",
                        null);
            }
            return new Result(List.copyOf(items.values()), new ItemReport(lines, items.size(), malformed, rejected));
        }
    }
}
