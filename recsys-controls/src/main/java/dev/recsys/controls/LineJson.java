package dev.recsys.controls;

import java.util.Collection;

/**
 * Writes the text that {@link CanonicalJson} has for a tree, without the tree: who calls gives the keys of an object in the
 * order of their UTF-16 code units. Not safe for concurrent use.
 */
final class LineJson {
    private final StringBuilder text = new StringBuilder(1 << 10);
    private boolean isFirst = true; // of an object or array

    /** Begins an object as the next element or value. */
    LineJson beginObject() {
        return begin('{');
    }

    LineJson beginArray() {
        return begin('[');
    }

    private LineJson begin(char bracket) {
        separate();
        text.append(bracket);
        isFirst = true;
        return this;
    }

    LineJson endObject() {
        return end('}');
    }

    LineJson endArray() {
        return end(']');
    }

    private LineJson end(char bracket) {
        text.append(bracket);
        isFirst = false;
        return this;
    }

    /** Writes a key, whose value comes next. */
    LineJson key(String name) {
        string(name);
        text.append(':');
        isFirst = true;
        return this;
    }

    LineJson string(String value) {
        separate();
        CanonicalJson.string(text, value);
        return this;
    }

    LineJson number(double value) {
        separate();
        text.append(CanonicalNumber.of(value));
        return this;
    }

    LineJson number(long value) {
        separate();
        text.append(value);
        return this;
    }

    LineJson truth(boolean value) {
        separate();
        text.append(value);
        return this;
    }

    LineJson strings(Collection<String> values) {
        beginArray();
        values.forEach(this::string);
        return endArray();
    }

    private void separate() {
        if (!isFirst) {
            text.append(',');
        }
        isFirst = false;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
