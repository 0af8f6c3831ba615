package dev.recsys.controls;

import dev.recsys.controls.InvalidDocumentException.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one document, found so far. */
final class Problems {
    private static final int MAX_SHOWN = 80;

    private final String what;
    private final List<Problem> found = new ArrayList<>();
    private int total;

    /** Starts with a document without problems. */
    Problems(String what) {
        this.what = what;
    }

    String what() {
        return what;
    }

    /** Adds one; no more than can be told are kept. */
    void add(String path, String detail) {
        total++;
        if (found.size() < InvalidDocumentException.MOST) {
            found.add(new Problem(path, detail));
        }
    }

    int count() {
        return total;
    }

    /** Refuses the document if there are any. */
    void throwIfAny() {
        if (total > 0) {
            throw new InvalidDocumentException(what, found);
        }
    }

    /** Refuses the document. */
    InvalidDocumentException fatal(String path, String detail) {
        add(path, detail);
        return new InvalidDocumentException(what, found);
    }

    /** Returns a text without what would break a line or hide something in it. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /** Returns a text that can be shown on a line, cut where it is long. */
    static String printable(String text) {
        String line = oneLine(text);
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }
}
