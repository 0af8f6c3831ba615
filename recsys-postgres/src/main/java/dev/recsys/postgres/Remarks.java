package dev.recsys.postgres;

/** Who did something and why, as people say it, and how much of it they want to see. */
final class Remarks {
    private static final int MOST = 500;

    private Remarks() {}

    /**
     * Checks how many entries are wanted.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    static void requireCount(int most) {
        if (most < 1) {
            throw new IllegalArgumentException(most + " entries are wanted; expected at least 1");
        }
    }

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if it is blank, longer than 500 characters or has a control character
     */
    static String require(String what, String text) {
        if (text.isBlank() || text.length() > MOST) {
            throw new IllegalArgumentException(
                    what + " is blank or has " + text.length() + " characters; expected 1 to " + MOST);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has a control character; expected one line of text");
        }
        return text;
    }
}
