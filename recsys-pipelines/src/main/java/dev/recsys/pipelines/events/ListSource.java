package dev.recsys.pipelines.events;

import java.io.IOException;

/**
 * Lines of a user and the items that the user had, with blanks between: an event for each item, all of them at one time, the
 * beginning of 1970. A line of a user alone has no event.
 */
final class ListSource implements RecordSource {
    private final LineReader lines;
    private String[] words = new String[0];
    private int nextItem = 1;

    ListSource(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public long line() {
        return lines.number();
    }

    @Override
    public boolean isAhead() {
        return nextItem < words.length;
    }

    @Override
    public boolean next(FieldValues values) throws IOException, LineRefused {
        while (nextItem >= words.length) {
            if (!nextLine()) {
                return false;
            }
        }
        values.clear();
        values.set(EventField.TS, EventTime.NONE);
        values.set(EventField.USER, words[0]);
        values.set(EventField.ITEM, words[nextItem++]);
        return true;
    }

    private boolean nextLine() throws IOException, LineRefused {
        words = new String[0];
        nextItem = 1;
        if (!lines.nextText()) {
            return false;
        }
        String line = lines.text().strip();
        words = line.isEmpty() ? words : line.split("[ \\t]+");
        return true;
    }
}
