package dev.recsys.pipelines.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines of a user and the items that the user had, with blanks between: an event for each item, all of them at one time, the
 * beginning of 1970. A line of a user alone has no event.
 */
final class ListSource implements RecordSource {
    private static final String NO_TIME = "0";

    private final LineReader lines;
    private String[] words = new String[0];
    private int nextItem = 1;

    ListSource(InputStream in) {
        this.lines = new LineReader(in);
    }

    @Override
    public long line() {
        return lines.number();
    }

    @Override
    public boolean next(FieldValues values) throws IOException, LineRefused {
        while (nextItem >= words.length) {
            if (!nextLine()) {
                return false;
            }
        }
        values.clear();
        values.set(EventField.TS, NO_TIME);
        values.set(EventField.USER, words[0]);
        values.set(EventField.ITEM, words[nextItem++]);
        return true;
    }

    private boolean nextLine() throws IOException, LineRefused {
        words = new String[0];
        nextItem = 1;
        if (!lines.next()) {
            return false;
        }
        LineCheck.requireLength(lines.isTooLong());
        LineCheck.requireText(lines.bytes(), lines.length());
        String line = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8).strip();
        words = line.isEmpty() ? words : line.split("[ \\t]+");
        return true;
    }
}
