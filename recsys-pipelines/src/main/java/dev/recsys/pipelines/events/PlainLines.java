package dev.recsys.pipelines.events;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lines whose fields are taken as they are between separators: there is no quoting, and a quote is text. */
final class PlainLines implements FieldLines {
    private final LineReader lines;
    private final String separator;
    private final List<String> fields = new ArrayList<>();

    PlainLines(LineReader lines, String separator) {
        this.lines = lines;
        this.separator = separator;
    }

    @Override
    public boolean next() throws IOException, LineRefused {
        if (!lines.nextText()) {
            return false;
        }
        split(lines.text());
        return true;
    }

    @Override
    public int fields() {
        return fields.size();
    }

    @Override
    public String field(int field) {
        return fields.get(field);
    }

    @Override
    public long line() {
        return lines.number();
    }

    @Override
    public boolean isAhead() {
        return false;
    }

    private void split(String line) {
        fields.clear();
        int start = 0;
        for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, start)) {
            fields.add(line.substring(start, at));
            start = at + separator.length();
        }
        fields.add(line.substring(start));
    }
}
