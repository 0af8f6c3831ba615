package dev.recsys.cli;

import dev.recsys.eval.LoggedAction;
import dev.recsys.pipelines.events.FieldFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads logged actions from CSV. One bad line spoils an estimate, so that none is passed over. */
final class ActionLog {
    private final Path file;
    private final ActionColumns columns;
    private final List<LoggedAction> actions = new ArrayList<>();

    private ActionLog(Path file, ActionColumns columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads files, one after the other.
     *
     * @throws IllegalArgumentException for the first line that is not as it should be
     */
    static List<LoggedAction> read(List<Path> files, ActionColumns columns) throws IOException {
        List<LoggedAction> actions = new ArrayList<>();
        for (Path file : files) {
            ActionLog log = new ActionLog(file, columns);
            log.read();
            actions.addAll(log.actions);
        }
        return actions;
    }

    private void read() throws IOException {
        try (FieldFile lines = FieldFile.separated(file, ",")) {
            var header = lines.next();
            if (header.isEmpty()) {
                throw new IllegalArgumentException(file + " is empty; expected a header and lines of actions");
            }
            List<String> names = wellFormed(header.get());
            Map<String, Integer> numbers = columns.in(names, file);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                actions.add(new Line(line.get().line(), wellFormed(line.get()), numbers).action());
            }
        }
    }

    private List<String> wellFormed(FieldFile.Fields line) {
        if (line.problem().isPresent()) {
            throw new IllegalArgumentException(
                    file + " line " + line.line() + " " + line.problem().get());
        }
        return line.fields();
    }

    /** One line, and where its fields are. */
    private final class Line {
        private final long number;
        private final List<String> fields;
        private final Map<String, Integer> numbers;

        Line(long number, List<String> fields, Map<String, Integer> numbers) {
            this.number = number;
            this.fields = fields;
            this.numbers = numbers;
        }

        LoggedAction action() {
            String item = text(ActionColumns.ITEM);
            int position = position();
            double propensity = propensity();
            return new LoggedAction(item, position, propensity, finite(ActionColumns.REWARD));
        }

        private int position() {
            String text = text(ActionColumns.POSITION);
            if (!text.matches("\\d{1,9}")) {
                throw bad(ActionColumns.POSITION, text, "a whole number from 0");
            }
            return Integer.parseInt(text);
        }

        private double propensity() {
            double propensity = finite(ActionColumns.PROPENSITY);
            if (!(propensity > 0 && propensity <= 1)) {
                throw bad(ActionColumns.PROPENSITY, text(ActionColumns.PROPENSITY), "above 0 and at most 1");
            }
            return propensity;
        }

        private double finite(String field) {
            String text = text(field);
            double value = number(text);
            if (!Double.isFinite(value)) {
                throw bad(field, text, "a finite number");
            }
            return value;
        }

        private double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN; // answered by the caller, who knows the field
            }
        }

        private String text(String field) {
            int column = numbers.getOrDefault(field, 0);
            String text = column < fields.size() ? fields.get(column).strip() : "";
            if (text.isEmpty()) {
                throw bad(field, text, "a value");
            }
            return text;
        }

        private IllegalArgumentException bad(String field, String text, String expected) {
            return new IllegalArgumentException(file + " line " + number + ": column " + columns.column(field) + " is '"
                    + text + "'; expected " + expected);
        }
    }
}
