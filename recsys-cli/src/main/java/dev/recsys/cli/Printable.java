package dev.recsys.cli;

import java.util.Locale;

/**
 * Texts of others, such as ids of a log, so that they cannot do more to a terminal than be read: what would move the cursor, turn
 * the order of letters or begin an escape sequence is printed as its code.
 */
final class Printable {
    private static final int LONGEST_CELL = 120;

    private Printable() {}

    /** Returns a text that may have several lines. */
    static String lines(String text) {
        StringBuilder printed = new StringBuilder(text.length());
        text.codePoints().forEach(code -> append(printed, code, code == '\n' || code == '\r' || code == '\t'));
        return printed.toString();
    }

    /** Returns a text of one line, cut in its middle if it is long. */
    static String cell(String text) {
        int length = text.codePointCount(0, text.length());
        int half = LONGEST_CELL / 2;
        String cut = length <= LONGEST_CELL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, half)) + "…"
                        + text.substring(text.offsetByCodePoints(text.length(), -half));
        StringBuilder printed = new StringBuilder(cut.length());
        cut.codePoints().forEach(code -> append(printed, code, false));
        return printed.toString();
    }

    private static void append(StringBuilder printed, int code, boolean isAllowed) {
        if (isAllowed || !isHarmful(code)) {
            printed.appendCodePoint(code);
        } else {
            printed.append(String.format(Locale.ROOT, "\\u%04x", code));
        }
    }

    private static boolean isHarmful(int code) {
        int type = Character.getType(code);
        boolean turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || turns;
    }
}
